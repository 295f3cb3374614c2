/// One response a transcript expects, as a pattern.
///
/// Where the RFC leaves the order open it does not count: the items of FETCH and of STATUS, flags and
/// mailbox attributes. A condition (`a1 OK`, `* NO [ALERT]`, `+`) without words takes any words, but
/// a response code only when it is named.
struct ExpectedResponse {
    /// As the transcript has it.
    let text: WireText
    private let asWritten: Template
    private let sorted: Template

    init(_ text: WireText) {
        self.text = text
        asWritten = ExpectedResponse.template(text)
        sorted = ExpectedResponse.template(ResponseOrder.sorted(text))
    }

    func match(_ actual: WireText, _ bindings: Bindings) -> Bindings? {
        asWritten.match(actual, bindings) ?? sorted.match(ResponseOrder.sorted(actual), bindings)
    }

    private static func template(_ text: WireText) -> Template {
        var template = Template(text)
        if leavesWordsOpen(text) { template.elements.append(.words) }
        return template
    }

    /// `tag OK`, `* NO [CODE]`, `+`: without the words that are for people.
    private static func leavesWordsOpen(_ text: WireText) -> Bool {
        let line = text.shown
        if line == "+" { return true }
        let words = line.split(separator: " ", maxSplits: 2)
        guard words.count >= 2, ["OK", "NO", "BAD", "BYE", "PREAUTH"].contains(words[1]) else {
            return false
        }
        guard words.count == 3 else { return true }
        return words[2].hasPrefix("[") && words[2].hasSuffix("]")
    }
}

/// Brings what may come in any order into one.
enum ResponseOrder {
    static func sorted(_ text: WireText) -> WireText {
        let words = topLevelWords(text.units[...])
        guard words.count >= 3, shown(words[0]) == "*" else { return text }
        var result = words
        if shown(words[2]) == "FETCH", words.count == 4 {
            result[3] = sortedPairs(words[3])
        } else if shown(words[1]) == "STATUS", words.count == 4 {
            result[3] = sortedPairs(words[3])
        } else if ["FLAGS", "LIST", "LSUB"].contains(shown(words[1])) {
            result[2] = sortedList(words[2])
        }
        var joined = WireText()
        joined.units = Array(result.joined(separator: [0x20]))
        return joined
    }

    /// `(NAME value NAME value)` by name; the flags within FLAGS sorted as well.
    private static func sortedPairs(_ list: ArraySlice<UInt16>) -> ArraySlice<UInt16> {
        guard let inner = inside(list) else { return list }
        let words = topLevelWords(inner)
        guard words.count.isMultiple(of: 2) else { return list }
        var pairs: [[ArraySlice<UInt16>]] = stride(from: 0, to: words.count, by: 2).map {
            let isFlags = shown(words[$0]) == "FLAGS"
            return [words[$0], isFlags ? sortedList(words[$0 + 1]) : words[$0 + 1]]
        }
        pairs.sort { $0[0].lexicographicallyPrecedes($1[0]) }
        return parenthesized(pairs.flatMap { $0 })
    }

    private static func sortedList(_ list: ArraySlice<UInt16>) -> ArraySlice<UInt16> {
        guard let inner = inside(list) else { return list }
        return parenthesized(topLevelWords(inner).sorted { $0.lexicographicallyPrecedes($1) })
    }

    private static func inside(_ list: ArraySlice<UInt16>) -> ArraySlice<UInt16>? {
        guard list.first == UInt16(UInt8(ascii: "(")), list.last == UInt16(UInt8(ascii: ")"))
        else { return nil }
        return list.dropFirst().dropLast()
    }

    private static func parenthesized(_ words: [ArraySlice<UInt16>]) -> ArraySlice<UInt16> {
        ArraySlice([UInt16(UInt8(ascii: "("))] + words.joined(separator: [0x20]) + [0x29])
    }

    private static func shown(_ word: ArraySlice<UInt16>) -> String {
        String(decoding: word.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
    }

    /// Words between spaces that stand in no parenthesis, bracket or quoted string.
    private static func topLevelWords(_ units: ArraySlice<UInt16>) -> [ArraySlice<UInt16>] {
        var words: [ArraySlice<UInt16>] = []
        var start = units.startIndex
        var depth = 0
        var isQuoted = false
        for index in units.indices {
            switch units[index] {
            case UInt16(UInt8(ascii: "\"")): isQuoted.toggle()
            case UInt16(UInt8(ascii: "(")), UInt16(UInt8(ascii: "[")):
                if !isQuoted { depth += 1 }
            case UInt16(UInt8(ascii: ")")), UInt16(UInt8(ascii: "]")):
                if !isQuoted { depth -= 1 }
            case 0x20 where depth == 0 && !isQuoted:
                words.append(units[start..<index])
                start = index + 1
            default: break
            }
        }
        words.append(units[start...])
        return words
    }
}
