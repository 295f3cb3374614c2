/// One response of a server as it came, with what the kit wants to know of it (RFC 3501 §7).
package struct Response: Sendable, Equatable {
    package enum Status: String, Sendable { case ok = "OK", no = "NO", bad = "BAD" }

    package enum Kind: Sendable, Equatable {
        /// The answer to the command of that tag.
        case tagged(String, Status)
        case untagged
        /// `+`: the server waits for the rest of a command.
        case continuation
        case unreadable
    }

    /// Without the last line's end; literals are within.
    package let bytes: [UInt8]
    package let kind: Kind
    /// In upper case: FETCH, EXISTS, OK, BYE …
    package let name: String
    /// The number before the name: of `* 3 EXPUNGE`, 3.
    package let number: Int?
    /// What follows the name; empty for OK, NO, BAD and BYE, which end in free text.
    package let values: [Value]
    /// `[COPYUID 1 2 3]` of a status response: its words.
    package let code: [Value]

    package init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var words = Words(bytes[...])
        let first = words.next()
        var number: Int?
        var name = words.next().uppercased()
        if first == "*", let count = Int(name) {
            number = count
            name = words.next().uppercased()
        }
        self.number = number
        self.name = name
        kind = Response.kind(first: first, name: name)
        let isStatus = ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains(name)
        code = isStatus ? Response.code(in: words.rest) : []
        values = isStatus || kind == .continuation ? [] : Value.all(in: words.rest)
    }

    private static func kind(first: String, name: String) -> Kind {
        if first == "+" { return .continuation }
        if first == "*" { return name.isEmpty ? .unreadable : .untagged }
        guard let status = Status(rawValue: name) else { return .unreadable }
        return .tagged(first, status)
    }

    private static func code(in rest: ArraySlice<UInt8>) -> [Value] {
        guard rest.first == UInt8(ascii: "["), let end = rest.firstIndex(of: UInt8(ascii: "]"))
        else { return [] }
        return Value.all(in: rest[(rest.startIndex + 1)..<end])
    }

    package var text: String { String(decoding: bytes, as: UTF8.self) }

    /// The name of the response code in upper case, or nil.
    package var codeName: String? { code.first?.text?.uppercased() }

    /// The items of `* n FETCH (…)` by name in upper case; empty for other responses.
    package var fetchItems: [String: Value] {
        guard name == "FETCH", let list = values.first?.items else { return [:] }
        var items: [String: Value] = [:]
        for index in stride(from: 0, to: list.count - 1, by: 2) {
            items[(list[index].text ?? "").uppercased()] = list[index + 1]
        }
        return items
    }

    /// The UID that a FETCH response tells.
    package var fetchedUID: UInt32? { fetchItems["UID"]?.number }

    /// The flags that a FETCH response tells, in lower case, or nil.
    package var fetchedFlags: Set<String>? {
        fetchItems["FLAGS"]?.items.map { Set($0.compactMap { $0.text?.lowercased() }) }
    }

    /// The numbers of a SEARCH response.
    package var found: [UInt32] { name == "SEARCH" ? values.compactMap(\.number) : [] }
}

/// The words of a line, up to each space.
private struct Words {
    private(set) var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    mutating func next() -> String {
        let word = rest.prefix { $0 != UInt8(ascii: " ") && $0 != UInt8(ascii: "\r") }
        rest = rest.dropFirst(word.count)
        if rest.first == UInt8(ascii: " ") { rest = rest.dropFirst() }
        return String(decoding: word, as: UTF8.self)
    }
}
