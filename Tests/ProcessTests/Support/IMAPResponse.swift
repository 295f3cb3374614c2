/// One response as it came, literals included.
struct IMAPResponse {
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The values of the response; nil when it cannot be read by the grammar.
    var values: [IMAPValue]? {
        var reader = IMAPValueReader(bytes: bytes)
        return reader.all()
    }

    /// The items of `* n FETCH (…)` by name, or nil for any other response.
    var fetchItems: [String: IMAPValue]? {
        guard let values, values.count == 4, values[2].atom == "FETCH", let list = values[3].items
        else { return nil }
        var items: [String: IMAPValue] = [:]
        for index in stride(from: 0, to: list.count - 1, by: 2) {
            items[list[index].atom ?? ""] = list[index + 1]
        }
        return items
    }

    /// The length of the literal that a line announces at its end.
    static func literalLength(atEndOf line: ArraySlice<UInt8>) -> Int? {
        guard line.last == UInt8(ascii: "}"), let start = line.lastIndex(of: UInt8(ascii: "{"))
        else { return nil }
        return Int(String(decoding: line[(start + 1)..<(line.endIndex - 1)], as: UTF8.self))
    }
}

/// A value of a response.
indirect enum IMAPValue: Equatable {
    /// Also NIL, numbers, and section names such as `BODY[HEADER.FIELDS (To)]<0>`.
    case atom(String)
    case string([UInt8])
    case list([IMAPValue])

    var atom: String? { if case .atom(let text) = self { text } else { nil } }
    var number: Int? { atom.flatMap { Int($0) } }
    var items: [IMAPValue]? { if case .list(let items) = self { items } else { nil } }
    var bytes: [UInt8]? { if case .string(let bytes) = self { bytes } else { nil } }
    var text: String? {
        switch self {
        case .atom(let text): text
        case .string(let bytes): String(decoding: bytes, as: UTF8.self)
        case .list: nil
        }
    }
}

/// Reads atoms, quoted strings, literals and lists.
private struct IMAPValueReader {
    let bytes: [UInt8]
    var position = 0

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func all() -> [IMAPValue]? { list(until: nil) }

    private mutating func list(until end: UInt8?) -> [IMAPValue]? {
        var items: [IMAPValue] = []
        while position < bytes.count {
            let byte = bytes[position]
            if byte == end {
                position += 1
                return items
            }
            switch byte {
            case UInt8(ascii: " "): position += 1
            case UInt8(ascii: "("):
                position += 1
                guard let inner = list(until: UInt8(ascii: ")")) else { return nil }
                items.append(.list(inner))
            case UInt8(ascii: "\""):
                guard let text = quoted() else { return nil }
                items.append(.string(text))
            case UInt8(ascii: "{"), UInt8(ascii: "~"):
                guard let text = literal() else { return nil }
                items.append(.string(text))
            case UInt8(ascii: ")"): return nil
            default: items.append(.atom(atom()))
            }
        }
        return end == nil ? items : nil
    }

    private mutating func quoted() -> [UInt8]? {
        position += 1
        var text: [UInt8] = []
        while position < bytes.count {
            var byte = bytes[position]
            position += 1
            if byte == UInt8(ascii: "\"") { return text }
            if byte == UInt8(ascii: "\\"), position < bytes.count {
                byte = bytes[position]
                position += 1
            }
            text.append(byte)
        }
        return nil
    }

    private mutating func literal() -> [UInt8]? {
        if bytes[position] == UInt8(ascii: "~") { position += 1 }
        guard let close = bytes[position...].firstIndex(of: UInt8(ascii: "}")),
            let count = Int(String(decoding: bytes[(position + 1)..<close], as: UTF8.self)),
            bytes.count - close >= count + 3
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
            if depth == 0,
                byte == UInt8(ascii: " ") || byte == UInt8(ascii: "(") || byte == UInt8(ascii: ")")
            {
                break
            }
            position += 1
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }
}
