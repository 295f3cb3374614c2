/// A response as a client reads it, by a parser of its own: what the server's codec thinks of it does
/// not count.
enum SpokenResponse: Equatable {
    /// A tagged or untagged condition; `code` without its brackets.
    case condition(tag: String, String, code: String?)
    case exists(Int)
    case recent(Int)
    case expunge(Int)
    case fetch(Int, FetchedItems)
    case search([UInt32])
    /// FLAGS, ENABLED …
    case other(String)

    struct FetchedItems: Equatable {
        var uid: UInt32?
        var flags: Set<String>?
        var modSeq: UInt64?
        var text: String?
    }

    struct Unreadable: Error { let line: String }

    init(_ line: String) throws {
        let words = line.split(separator: " ", maxSplits: 2, omittingEmptySubsequences: false)
        guard words.count >= 2 else { throw Unreadable(line: line) }
        if words[0] == "+" {
            self = .condition(tag: "+", "", code: nil)
        } else if words[0] == "*", let number = Int(words[1]) {
            self = try SpokenResponse.numbered(number, words.dropFirst(2).first ?? "", line)
        } else if ["OK", "NO", "BAD", "BYE"].contains(words[1]) {
            self = .condition(
                tag: String(words[0]), String(words[1]),
                code: SpokenResponse.code(words.dropFirst(2).first ?? ""))
        } else if words[1] == "SEARCH" {
            let rest = words.dropFirst(2).first ?? ""
            self = .search(rest.split(separator: " ").compactMap { UInt32($0) })
        } else {
            self = .other(line)
        }
    }

    private static func numbered(
        _ number: Int, _ rest: Substring, _ line: String
    ) throws -> SpokenResponse {
        switch rest {
        case "EXISTS": return .exists(number)
        case "RECENT": return .recent(number)
        case "EXPUNGE": return .expunge(number)
        default:
            guard rest.hasPrefix("FETCH ("), rest.hasSuffix(")") else {
                throw Unreadable(line: line)
            }
            var scanner = ItemScanner(rest.dropFirst(7).dropLast())
            return .fetch(number, try scanner.items())
        }
    }

    private static func code(_ text: Substring) -> String? {
        guard text.hasPrefix("["), let close = text.firstIndex(of: "]") else { return nil }
        return String(text[text.index(after: text.startIndex)..<close])
    }
}

/// Reads `NAME value` pairs.
private struct ItemScanner {
    private var rest: Substring

    init(_ text: Substring) { rest = text }

    mutating func items() throws -> SpokenResponse.FetchedItems {
        var items = SpokenResponse.FetchedItems()
        while !rest.isEmpty {
            let name = word(until: " ")
            switch name {
            case "UID": items.uid = UInt32(word(until: " "))
            case "FLAGS": items.flags = Set(list().split(separator: " ").map(String.init))
            case "MODSEQ": items.modSeq = UInt64(list())
            case "BODY[TEXT]": items.text = try string()
            default: throw SpokenResponse.Unreadable(line: "FETCH item \(name)")
            }
            if rest.first == " " { rest.removeFirst() }
        }
        return items
    }

    private mutating func word(until end: Character) -> Substring {
        let word = rest.prefix { $0 != end }
        rest = rest.dropFirst(word.count)
        if name(of: word) { rest = rest.dropFirst() }
        return word
    }

    /// Names are followed by a space that belongs to them; numbers leave theirs.
    private func name(of word: Substring) -> Bool { word.first?.isLetter ?? false }

    private mutating func list() -> Substring {
        let inner = rest.dropFirst().prefix { $0 != ")" }
        rest = rest.dropFirst(inner.count + 2)
        return inner
    }

    private mutating func string() throws -> String {
        if rest.first == "\"" {
            let inner = rest.dropFirst().prefix { $0 != "\"" }
            rest = rest.dropFirst(inner.count + 2)
            return String(inner)
        }
        guard rest.first == "{" else { throw SpokenResponse.Unreadable(line: String(rest)) }
        let digits = rest.dropFirst().prefix { $0.isNumber }
        // "{" digits "}" CRLF, which is one Character
        let bytes = rest.utf8.dropFirst(digits.utf8.count + 4)
        let content = bytes.prefix(Int(digits) ?? 0)
        rest = rest[content.endIndex...]
        return String(Substring(content))
    }
}
