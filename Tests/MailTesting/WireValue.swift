/// An IMAP value read by rules written down here once more, independently of what writes it.
package indirect enum WireValue: Equatable {
    case null
    case string([UInt8])
    case number(Int)
    case list([WireValue])

    /// Reads one value that takes all of the bytes.
    ///
    /// - Returns: nil when parentheses do not balance, a quoted string holds what it may not, a literal
    ///   has another length than it says, or something follows.
    package init?(_ bytes: [UInt8]) {
        var reader = WireReader(bytes: bytes)
        guard let value = reader.value(depth: 0), reader.isAtEnd else { return nil }
        self = value
    }

    /// Reads the value that begins at a position.
    ///
    /// - Returns: nil where there is none, by the rules above; else it and where it ends.
    package static func first(in bytes: [UInt8], at position: Int) -> (WireValue, end: Int)? {
        var reader = WireReader(bytes: bytes)
        reader.position = position
        return reader.value(depth: 0).map { ($0, reader.position) }
    }

    package var items: [WireValue]? { if case .list(let items) = self { items } else { nil } }
    package var text: String? {
        if case .string(let bytes) = self { String(decoding: bytes, as: UTF8.self) } else { nil }
    }
    package var count: Int? { if case .number(let count) = self { count } else { nil } }
    package var isString: Bool { text != nil }
    package var isNString: Bool { self == .null || isString }
}

private struct WireReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    var isAtEnd: Bool { position == bytes.count }
    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    mutating func value(depth: Int) -> WireValue? {
        guard depth < 300, let byte else { return nil }
        switch byte {
        case UInt8(ascii: "("): return list(depth: depth)
        case UInt8(ascii: "\""): return quoted()
        case UInt8(ascii: "{"): return literal()
        case UInt8(ascii: "N"):
            guard bytes[position...].starts(with: Array("NIL".utf8)) else { return nil }
            position += 3
            return .null
        default: return number().map { .number($0) }
        }
    }

    /// Items are separated by one space; bodies of a multipart by nothing.
    private mutating func list(depth: Int) -> WireValue? {
        position += 1
        var items: [WireValue] = []
        while let byte, byte != UInt8(ascii: ")") {
            if let last = items.last {
                if byte == UInt8(ascii: " ") {
                    position += 1
                } else if last.items == nil || byte != UInt8(ascii: "(") {
                    return nil
                }
            }
            guard let item = value(depth: depth + 1) else { return nil }
            items.append(item)
        }
        guard byte == UInt8(ascii: ")"), !items.isEmpty else { return nil }
        position += 1
        return .list(items)
    }

    private mutating func quoted() -> WireValue? {
        position += 1
        var text: [UInt8] = []
        while var next = byte {
            position += 1
            if next == UInt8(ascii: "\"") { return .string(text) }
            if next == UInt8(ascii: "\\") {
                guard let escaped = byte, escaped == UInt8(ascii: "\"") || escaped == next else {
                    return nil
                }
                next = escaped
                position += 1
            } else if next == 0 || next == 10 || next == 13 || next > 127 {
                return nil
            }
            text.append(next)
        }
        return nil
    }

    private mutating func literal() -> WireValue? {
        position += 1
        guard let count = number(), bytes[position...].starts(with: Array("}\r\n".utf8)) else {
            return nil
        }
        position += 3
        guard bytes.count - position >= count else { return nil }
        defer { position += count }
        return .string(Array(bytes[position..<(position + count)]))
    }

    private mutating func number() -> Int? {
        let start = position
        while let byte, (48...57).contains(byte) { position += 1 }
        return Int(String(decoding: bytes[start..<position], as: UTF8.self))
    }
}
