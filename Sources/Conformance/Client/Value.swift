/// A value of a response (RFC 3501 §4), read without asking whether the grammar allows it there.
package indirect enum Value: Sendable, Equatable {
    /// Also NIL, numbers, flags, and names such as `BODY[HEADER.FIELDS (SUBJECT)]<0>`.
    case atom(String)
    /// A quoted string or a literal.
    case string([UInt8])
    case list([Value])

    package var number: UInt32? { if case .atom(let text) = self { UInt32(text) } else { nil } }
    package var items: [Value]? { if case .list(let items) = self { items } else { nil } }
    package var isNIL: Bool {
        if case .atom(let text) = self { text.uppercased() == "NIL" } else { false }
    }

    /// What an atom or a string says.
    package var text: String? {
        switch self {
        case .atom(let text): text
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .list: nil
        }
    }

    /// All strings within, one after the other.
    package var allText: String {
        switch self {
        case .atom: ""
        case .string: text ?? ""
        case .list(let items): items.map(\.allText).joined(separator: "\n")
        }
    }

    /// The values in `bytes`; what cannot be read ends them.
    static func all(in bytes: some Sequence<UInt8>) -> [Value] {
        var reader = ValueReader(bytes: Array(bytes))
        return reader.values(depth: 0)
    }
}

/// Reads values one after the other.
private struct ValueReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// A server may nest as deep as it likes; we follow it so far.
    static let deepest = 100

    mutating func values(depth: Int) -> [Value] {
        var found: [Value] = []
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: " "), UInt8(ascii: "\r"), UInt8(ascii: "\n"): position += 1
            case UInt8(ascii: ")"):
                position += 1
                // One too many at the top is passed over.
                if depth > 0 { return found }
            case UInt8(ascii: "("):
                position += 1
                guard depth < ValueReader.deepest else { return found }
                found.append(.list(values(depth: depth + 1)))
            case UInt8(ascii: "\""): found.append(.string(quoted()))
            case UInt8(ascii: "{"), UInt8(ascii: "~"):
                found.append(literal().map { .string($0) } ?? .atom(atom()))
            default: found.append(.atom(atom()))
            }
        }
        return found
    }

    private mutating func quoted() -> [UInt8] {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == UInt8(ascii: "\\"), position + 1 < bytes.count { position += 1 }
            text.append(bytes[position])
            position += 1
        }
        position += 1
        return text
    }

    private mutating func literal() -> [UInt8]? {
        let open = bytes[position] == UInt8(ascii: "~") ? position + 1 : position
        guard open < bytes.count, bytes[open] == UInt8(ascii: "{"),
            let close = bytes[open...].firstIndex(of: UInt8(ascii: "}")),
            let count = Int(String(decoding: bytes[(open + 1)..<close], as: UTF8.self)), count >= 0,
            bytes.count - close - 3 >= count
        else { return nil }
        position = close + 3 + count
        return Array(bytes[(close + 3)..<position])
    }

    /// Brackets belong to an atom with all that they enclose.
    private mutating func atom() -> String {
        let start = position
        var depth = 0
        while position < bytes.count {
            let byte = bytes[position]
            if byte == UInt8(ascii: "[") { depth += 1 }
            if byte == UInt8(ascii: "]") { depth -= 1 }
            if depth <= 0, position > start, ValueReader.endsAtom(byte) { break }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private static func endsAtom(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
            || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
    }
}
