import MailModel

/// FETCH of expunged messages: RFC 2180 §4.1.
package enum FetchVerdict {
    /// One FETCH, and what was expunged of what it asks for.
    package struct Probe: Sendable {
        /// `bodies`, `ENVELOPE`: for the report.
        package let name: String
        package let exchange: Exchange
        /// What was asked for of each message, in upper case: a FETCH response without all of it is
        /// no answer, but news of flags.
        package let items: [String]
        package let asked: [Int]
        package let expunged: Set<Int>

        package init(
            _ name: String, _ exchange: Exchange, items: [String], asked: [Int],
            expunged: Set<Int>
        ) {
            self.name = name
            self.exchange = exchange
            self.items = items
            self.asked = asked
            self.expunged = expunged
        }

        var isMixed: Bool { !expunged.isSuperset(of: asked) }
    }

    /// What came for one message.
    private enum Came { case real, empty, invented, nothing }

    package static func judge(_ probes: [Probe]) -> Verdict {
        let answers = probes.map { (name: $0.name, did: describe($0)) }
        let notes = answers.map { "\($0.name): \($0.did.words)" }
        for strategy in [PolicyAnswer.serveGhosts, .fetchRemaining, .answerNIL]
        where answers.allSatisfy({ $0.did.strategies.contains(strategy) }) {
            return Verdict(strategy)
        }
        let words = Set(answers.map(\.did.words))
        if words.count == 1, let only = words.first { return Verdict(words: only) }
        return Verdict(words: "none of them", notes: notes)
    }

    /// The strategies that an answer fits, and what it was.
    private static func describe(_ probe: Probe) -> (strategies: Set<PolicyAnswer>, words: String) {
        let ending = probe.exchange.endingText
        let gone = probe.asked.filter(probe.expunged.contains).map { came($0, probe) }
        let living = probe.asked.filter { !probe.expunged.contains($0) }
            .map { came($0, probe) }
        let isOK = probe.exchange.isOK
        let isNO = probe.exchange.isNO
        if gone.contains(.invented) { return ([], "\(ending), a message invented") }
        if gone.allSatisfy({ $0 == .real }) {
            return (isOK ? [.serveGhosts] : [], "\(ending), served")
        }
        if gone.allSatisfy({ $0 == .empty }) {
            return (isOK && probe.isMixed ? [.answerNIL] : [], "\(ending), empty")
        }
        guard gone.allSatisfy({ $0 == .nothing }) else { return ([], "\(ending), some served") }
        if !probe.isMixed {
            return (isNO ? [.fetchRemaining, .answerNIL] : [], "\(ending) alone")
        }
        guard living.allSatisfy({ $0 == .real }) else { return ([], "\(ending), nothing served") }
        return (isNO ? [.fetchRemaining] : [], "\(ending), left out")
    }

    private static func came(_ number: Int, _ probe: Probe) -> Came {
        let answer = probe.exchange.responses(named: "FETCH").first { response in
            response.number == number
                && probe.items.allSatisfy { response.fetchItems[$0] != nil }
        }
        guard
            let told = answer?.fetchItems.filter({ probe.items.contains($0.key) && $0.key != "UID" }
            )
        else { return .nothing }
        if told.allSatisfy({ isEmpty($0.key, $0.value) }) { return .empty }
        let texts = told.filter { $0.key.hasPrefix("BODY[") || $0.key == "ENVELOPE" }
        guard let text = texts.values.first else { return .real }
        return Letter.number(in: text.allText) == number ? .real : .invented
    }

    /// "NIL FETCH Responses": RFC 2180 §4.1.3.
    private static func isEmpty(_ item: String, _ value: Value) -> Bool {
        switch item {
        // \Recent and nothing else is no flag that anybody set.
        case "FLAGS":
            (value.items ?? []).allSatisfy { $0.text?.lowercased() == "\\recent" }
        case "RFC822.SIZE": value.number == 0
        case "INTERNALDATE": value.text?.hasPrefix("00-Jan-0000") ?? true
        default: value.allText.allSatisfy(\.isWhitespace)
        }
    }
}
