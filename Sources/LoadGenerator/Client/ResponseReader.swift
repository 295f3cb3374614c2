import Glibc

/// Finds where a response ends, literals included: RFC 9051 §2.2.2, §4.3.
///
/// Remembers how far it has looked, so that no byte is looked at twice however it arrives; literals
/// are stepped over without a look.
struct ResponseReader {
    private var lineStart = 0
    private var position = 0

    /// The bytes of the first response in `bytes` with its last CRLF, or nil if it is not whole yet.
    ///
    /// Call again with the same bytes and what came after them; after a response was given, with
    /// what follows that response.
    mutating func next(in bytes: UnsafeRawBufferPointer) -> Int? {
        while position < bytes.count, let base = bytes.baseAddress {
            guard let found = memchr(base + position, 0x0A, bytes.count - position) else {
                position = bytes.count
                return nil
            }
            let lineEnd = UnsafeRawPointer(found) - base + 1
            let line = UnsafeRawBufferPointer(rebasing: bytes[lineStart..<lineEnd])
            guard let literal = literalSize(endingOf: line) else {
                lineStart = 0
                position = 0
                return lineEnd
            }
            lineStart = lineEnd + literal
            position = lineStart
        }
        return nil
    }

    /// How many bytes are sure to be missing; 0 when that cannot be told.
    func missing(from count: Int) -> Int { max(0, position - count) }
}

/// The size a line announces when it ends in `{size}` or `{size+}`; nil when it does not, or lies.
func literalSize(endingOf line: UnsafeRawBufferPointer) -> Int? {
    var index = line.count - 1
    guard index >= 3, line[index] == 0x0A, line[index - 1] == 0x0D, line[index - 2] == 0x7D else {
        return nil
    }
    index -= 3
    if line[index] == 0x2B { index -= 1 }
    var size = 0
    var scale = 1
    var digits = 0
    while index >= 0, line[index] &- 0x30 < 10, digits < 10 {
        size += Int(line[index] - 0x30) * scale
        scale *= 10
        digits += 1
        index -= 1
    }
    return digits > 0 && index >= 0 && line[index] == 0x7B ? size : nil
}
