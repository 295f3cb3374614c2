/// A line of a transcript: bytes, names that stand for values, and wildcards.
///
/// `{name}` is a value: the first line that shows it decides what it is, every later one must agree.
/// `{name>other}` is a number above that of another name. `...` is anything at all, also nothing.
struct Template {
    enum Element: Hashable {
        case unit(UInt16)
        case value(String)
        case greater(String, than: String)
        case anything
        /// The words of a condition, for people: nothing, or a space and what does not begin with
        /// `[`.
        case words
    }

    var elements: [Element]

    init(_ text: WireText) {
        elements = []
        var index = 0
        let units = text.units
        while index < units.count {
            if let (element, length) = Template.special(in: units[index...]) {
                elements.append(element)
                index += length
            } else {
                elements.append(.unit(units[index]))
                index += 1
            }
        }
    }

    private static func special(in units: ArraySlice<UInt16>) -> (Element, Int)? {
        let dot = UInt16(UInt8(ascii: "."))
        if units.starts(with: [dot, dot, dot]) { return (.anything, 3) }
        guard units.first == UInt16(UInt8(ascii: "{")),
            let close = units.firstIndex(of: UInt16(UInt8(ascii: "}")))
        else { return nil }
        let inner = units[(units.startIndex + 1)..<close]
        let word = String(decoding: inner.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self)
        let names = word.split(separator: ">", omittingEmptySubsequences: false)
        guard names.count <= 2, names.allSatisfy({ Template.isName($0) }) else { return nil }
        let length = close - units.startIndex + 1
        return names.count == 1
            ? (.value(word), length)
            : (.greater(String(names[0]), than: String(names[1])), length)
    }

    /// A letter, then letters and digits.
    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.first, first.isASCII, first.isLetter else { return false }
        return text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) }
    }
}

/// What names of a transcript stand for so far.
typealias Bindings = [String: [UInt16]]

/// Sending.
extension Template {
    struct UnknownName: Error, CustomStringConvertible {
        let name: String
        var description: String { "no response has shown a value for {\(name)} yet" }
    }

    func bytes(_ bindings: Bindings) throws -> [UInt8] {
        var result: [UInt8] = []
        for element in elements {
            switch element {
            case .unit(let unit): result.append(UInt8(truncatingIfNeeded: unit))
            case .value(let name):
                guard let value = bindings[name] else { throw UnknownName(name: name) }
                result.append(contentsOf: value.map { UInt8(truncatingIfNeeded: $0) })
            case .greater(let name, _): throw UnknownName(name: name)
            case .anything: result.append(contentsOf: "...".utf8)
            case .words: break
            }
        }
        return result
    }
}

/// Matching.
extension Template {
    /// - Returns: the bindings with those that this match has made; nil when it is no match.
    func match(_ text: WireText, _ bindings: Bindings) -> Bindings? {
        match(elements[...], text.units[...], bindings)
    }

    private func match(
        _ elements: ArraySlice<Element>, _ units: ArraySlice<UInt16>, _ bindings: Bindings
    ) -> Bindings? {
        var elements = elements
        var units = units
        while let element = elements.popFirst() {
            switch element {
            case .unit(let unit):
                guard units.popFirst() == unit else { return nil }
            case .value(let name):
                if let value = bindings[name] {
                    guard units.starts(with: value) else { return nil }
                    units.removeFirst(value.count)
                } else {
                    return bind(name, nil, elements, units, bindings)
                }
            case .greater(let name, let other):
                return bind(name, bindings[other], elements, units, bindings)
            case .anything:
                return anyEnd(of: units).firstMatch { match(elements, $0, bindings) }
            case .words:
                guard let first = units.popFirst() else { continue }
                guard first == 0x20, units.first != UInt16(UInt8(ascii: "[")) else { return nil }
                units = []
            }
        }
        return units.isEmpty ? bindings : nil
    }

    private func anyEnd(of units: ArraySlice<UInt16>) -> [ArraySlice<UInt16>] {
        (units.startIndex...units.endIndex).map { units[$0...] }
    }

    /// Takes as much as a value can be: no space, parenthesis, bracket, quote, comma or line end.
    private func bind(
        _ name: String, _ least: [UInt16]?, _ elements: ArraySlice<Element>,
        _ units: ArraySlice<UInt16>, _ bindings: Bindings
    ) -> Bindings? {
        let value = units.prefix { unit in
            unit > 0x20 && unit < WireText.literalMark
                && !"()[]\",".utf8.contains(UInt8(truncatingIfNeeded: unit))
        }
        guard !value.isEmpty else { return nil }
        if let least {
            guard let number = Template.number(value), let bound = Template.number(least[...]),
                number > bound
            else { return nil }
        }
        var bindings = bindings
        bindings[name] = Array(value)
        return match(elements, units.dropFirst(value.count), bindings)
    }

    private static func number(_ units: ArraySlice<UInt16>) -> UInt64? {
        UInt64(String(decoding: units.map { UInt8(truncatingIfNeeded: $0) }, as: UTF8.self))
    }
}

extension Sequence {
    /// The first result that is not nil.
    fileprivate func firstMatch<Result>(_ body: (Element) -> Result?) -> Result? {
        for element in self {
            if let result = body(element) { return result }
        }
        return nil
    }
}
