import Glibc

/// Cuts a stream of bytes into lines, in bounded memory: a very long line comes in pieces.
final class LineReader {
    /// Gives the next bytes; 0 at the end.
    typealias Source = (UnsafeMutableRawBufferPointer) throws -> Int

    /// A whole line with its line feed, or a piece of one that is too long to be held.
    struct Piece {
        let bytes: UnsafeRawBufferPointer
        let beginsLine: Bool

        /// Whether this is a whole line with nothing on it.
        var isEmptyLine: Bool {
            guard beginsLine, bytes.last == 0x0A else { return false }
            return bytes.count == 1 || (bytes.count == 2 && bytes[0] == 0x0D)
        }
    }

    private let source: Source
    private let buffer = UnsafeMutableRawBufferPointer.allocate(
        byteCount: LineReader.bufferBytes, alignment: 16)
    private var start = 0
    private var end = 0
    private var isAtEnd = false
    private var beginsLine = true

    private static let bufferBytes = 256 << 10
    /// A line that is longer comes in pieces, the first of them at least this long.
    private static let longestLine = 64 << 10

    init(_ source: @escaping Source) { self.source = source }

    deinit { buffer.deallocate() }

    /// Shows the next piece, valid only within `body`.
    ///
    /// - Returns: nil at the end.
    func next<Result>(_ body: (Piece) throws -> Result) throws -> Result? {
        var searched = start
        while true {
            if let length = lengthThroughLineFeed(from: searched) {
                return try show(length, endsLine: true, body)
            }
            searched = end
            if end - start >= LineReader.longestLine || isAtEnd {
                return end > start ? try show(end - start, endsLine: false, body) : nil
            }
            if end == buffer.count {
                let rest = UnsafeRawBufferPointer(rebasing: buffer[start..<end])
                buffer.copyMemory(from: rest)
                searched -= start
                end -= start
                start = 0
            }
            let count = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
            if count == 0 { isAtEnd = true }
            end += count
        }
    }

    private func lengthThroughLineFeed(from place: Int) -> Int? {
        guard place < end, let base = buffer.baseAddress,
            let found = memchr(base + place, 0x0A, end - place)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(base) - start + 1
    }

    private func show<Result>(
        _ count: Int, endsLine: Bool, _ body: (Piece) throws -> Result
    ) throws -> Result {
        let bytes = UnsafeRawBufferPointer(rebasing: buffer[start..<(start + count)])
        let piece = Piece(bytes: bytes, beginsLine: beginsLine)
        start += count
        beginsLine = endsLine
        return try body(piece)
    }
}
