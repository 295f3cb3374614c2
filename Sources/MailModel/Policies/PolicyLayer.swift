/// Answers to some of the questions of RFC 2180: what was chosen for the store, for an account or for a
/// mailbox. A question without an answer is left to the layer below.
package struct PolicyLayer: Hashable, Sendable {
    private var chosen: [PolicyQuestion: PolicyAnswer] = [:]

    package init() {}

    /// Of two answers to one question the later one holds.
    package init(_ answers: some Sequence<PolicyAnswer>) {
        for answer in answers { choose(answer) }
    }

    package subscript(_ question: PolicyQuestion) -> PolicyAnswer? { chosen[question] }

    package var isEmpty: Bool { chosen.isEmpty }

    /// In the order of the questions.
    package var answers: [PolicyAnswer] { PolicyQuestion.allCases.compactMap { chosen[$0] } }

    package mutating func choose(_ answer: PolicyAnswer) { chosen[answer.question] = answer }

    package mutating func leave(_ question: PolicyQuestion) { chosen[question] = nil }

    /// These answers where there are any, those of `below` elsewhere.
    package func over(_ below: PolicyLayer) -> PolicyLayer {
        PolicyLayer(below.answers + answers)
    }
}
