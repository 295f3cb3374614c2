import MailModel

/// SEARCH over expunged messages: RFC 2180 §4.3.
package enum SearchVerdict {
    /// - Parameter searches: each by its name, with the numbers that were found.
    package static func judge(_ searches: [(name: String, exchange: Exchange)], expunged: Set<Int>)
        -> Verdict
    {
        let answers = searches.map { search -> (name: String, words: String) in
            let found = Set(search.exchange.found.map(Int.init)).intersection(expunged)
            guard search.exchange.isOK else { return (search.name, search.exchange.endingText) }
            if found.isEmpty { return (search.name, PolicyAnswer.omitGhosts.name) }
            return (
                search.name, found == expunged ? PolicyAnswer.includeGhosts.name : "some of them"
            )
        }
        for strategy in [PolicyAnswer.omitGhosts, .includeGhosts]
        where answers.allSatisfy({ $0.words == strategy.name }) {
            return Verdict(strategy)
        }
        return Verdict(words: answers.map { "\($0.name): \($0.words)" }.joined(separator: ", "))
    }
}
