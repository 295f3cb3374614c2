import Testing

/// A FETCH response as a strict client reads it: RFC 9051 §9, `message-data`.
struct FetchedMessage {
    let number: Int
    let items: [String: Value]

    indirect enum Value: Equatable {
        case atom(String)
        case string([UInt8])
        case null
        case list([Value])
    }

    struct Malformed: Error {
        let reason: String
        let offset: Int
    }

    func bytes(_ name: String) -> [UInt8]? {
        if case .string(let bytes) = items[name] { bytes } else { nil }
    }

    /// All FETCH responses of an answer, and its other lines.
    static func read(
        _ answer: [UInt8]
    ) throws -> (messages: [FetchedMessage], lines: [String]) {
        var reader = Reader(bytes: answer)
        var messages: [FetchedMessage] = []
        var lines: [String] = []
        while reader.position < answer.count {
            if let message = try reader.message() {
                messages.append(message)
            } else {
                lines.append(try reader.line())
            }
        }
        return (messages, lines)
    }
}

private struct Reader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func malformed(_ reason: String) -> FetchedMessage.Malformed {
        FetchedMessage.Malformed(reason: reason, offset: position)
    }

    private mutating func expect(_ text: String) throws {
        let wanted = Array(text.utf8)
        guard bytes[position...].starts(with: wanted) else { throw malformed("no \(text)") }
        position += wanted.count
    }

    mutating func line() throws -> String {
        guard let end = bytes[position...].firstIndex(of: 10), end > position,
            bytes[end - 1] == 13
        else { throw malformed("no line") }
        defer { position = end + 1 }
        return String(decoding: bytes[position..<(end - 1)], as: UTF8.self)
    }

    /// - Returns: nil, with nothing read, for another kind of response.
    mutating func message() throws -> FetchedMessage? {
        let start = position
        guard bytes[position...].starts(with: "* ".utf8) else { return nil }
        position += 2
        let number = digits()
        guard let number, bytes[position...].starts(with: " FETCH (".utf8) else {
            position = start
            return nil
        }
        position += " FETCH (".utf8.count
        var items: [String: FetchedMessage.Value] = [:]
        while true {
            let name = try itemName()
            try expect(" ")
            guard items.updateValue(try value(), forKey: name) == nil else {
                throw malformed("\(name) twice")
            }
            if next == UInt8(ascii: " ") { position += 1 } else { break }
        }
        try expect(")\r\n")
        return FetchedMessage(number: number, items: items)
    }

    private mutating func digits() -> Int? {
        var text = ""
        while let byte = next, (48...57).contains(byte) {
            text.append(Character(UnicodeScalar(byte)))
            position += 1
        }
        return Int(text)
    }

    /// Blanks may stand within brackets.
    private mutating func itemName() throws -> String {
        var name = ""
        var isInBrackets = false
        while let byte = next, isInBrackets || byte != UInt8(ascii: " ") {
            guard byte > 0x1F, byte < 0x7F else { throw malformed("a byte in a name") }
            if byte == UInt8(ascii: "[") { isInBrackets = true }
            if byte == UInt8(ascii: "]") { isInBrackets = false }
            name.append(Character(UnicodeScalar(byte)))
            position += 1
        }
        guard !name.isEmpty else { throw malformed("no name") }
        return name
    }

    private mutating func value() throws -> FetchedMessage.Value {
        switch next {
        case UInt8(ascii: "("):
            position += 1
            var values: [FetchedMessage.Value] = []
            while next != UInt8(ascii: ")") {
                values.append(try value())
                // Bodies of a multipart stand without a blank between them.
                if next == UInt8(ascii: " ") {
                    position += 1
                } else if next != UInt8(ascii: ")"), next != UInt8(ascii: "(") {
                    throw malformed("no blank in a list")
                }
            }
            position += 1
            return .list(values)
        case UInt8(ascii: "\""): return .string(try quoted())
        case UInt8(ascii: "~"):
            position += 1
            return .string(try literal())
        case UInt8(ascii: "{"): return .string(try literal())
        default: return try atom()
        }
    }

    private mutating func quoted() throws -> [UInt8] {
        position += 1
        var text: [UInt8] = []
        while let byte = next, byte != UInt8(ascii: "\"") {
            guard byte != 13, byte != 10, byte != 0, byte < 0x80 else {
                throw malformed("a byte in quotes")
            }
            if byte == UInt8(ascii: "\\") { position += 1 }
            guard let byte = next else { break }
            text.append(byte)
            position += 1
        }
        try expect("\"")
        return text
    }

    private mutating func literal() throws -> [UInt8] {
        try expect("{")
        guard let count = digits() else { throw malformed("no length") }
        try expect("}\r\n")
        guard count <= bytes.count - position else { throw malformed("a short literal") }
        defer { position += count }
        return Array(bytes[position..<(position + count)])
    }

    private mutating func atom() throws -> FetchedMessage.Value {
        var text = ""
        while let byte = next, byte != UInt8(ascii: " "), byte != UInt8(ascii: ")") {
            guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "(") else {
                throw malformed("a byte in an atom")
            }
            text.append(Character(UnicodeScalar(byte)))
            position += 1
        }
        guard !text.isEmpty else { throw malformed("no value") }
        return text == "NIL" ? .null : .atom(text)
    }
}
