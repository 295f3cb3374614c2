import MailModel

/// What a server was seen to do about one question.
package struct Verdict: Sendable, Equatable {
    /// Nil when it follows none of the strategies, or the question does not arise.
    package let strategy: PolicyAnswer?
    /// What it did, in words, when that has no name.
    package let words: String
    /// What else was seen: recommendations that hold or do not.
    package var notes: [String]

    package init(_ strategy: PolicyAnswer, notes: [String] = []) {
        self.strategy = strategy
        words = ""
        self.notes = notes
    }

    package init(words: String, notes: [String] = []) {
        strategy = nil
        self.words = words
        self.notes = notes
    }

    /// The strategy's name, or the words.
    package var answer: String { strategy?.name ?? words }

    /// The question does not arise on a server whose answer to another one rules it out.
    package static func moot(_ reason: String) -> Verdict { Verdict(words: "moot: \(reason)") }
}

/// A verdict with the question and what was said.
package struct Finding: Sendable {
    package let question: Question
    package let verdict: Verdict
    /// Lines of the dialogue in the notation of RFC 2180.
    package let evidence: [String]

    package init(_ question: Question, _ verdict: Verdict, evidence: [String]) {
        self.question = question
        self.verdict = verdict
        self.evidence = evidence
    }
}

/// A rule that the server broke, and how.
package struct Violation: Sendable {
    package let rule: Rule
    /// What happened, in a sentence.
    package let what: String
    package let evidence: [String]

    package init(_ rule: Rule, _ what: String, evidence: [String] = []) {
        self.rule = rule
        self.what = what
        self.evidence = evidence
    }

    func with(evidence: [String]) -> Violation { Violation(rule, what, evidence: evidence) }
}
