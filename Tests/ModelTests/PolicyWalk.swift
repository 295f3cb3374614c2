import MailModel
import MailTesting

/// All combinations of answers to the questions of RFC 2180, in random order.
struct PolicyWalk {
    private let combinations: [[PolicyAnswer]]
    private var next = 0
    /// Those that hold now.
    private(set) var answers: Set<PolicyAnswer> = Set(PolicyPreset.patient.answers.answers)
    /// Steps taken under each answer.
    private var steps: [PolicyAnswer: Int] = [:]

    /// - Parameter share: which of `shares` equal parts of the combinations is walked.
    init(share: Int, of shares: Int) {
        var all: [[PolicyAnswer]] = [[]]
        for question in PolicyQuestion.allCases {
            all = all.flatMap { chosen in question.answers.map { chosen + [$0] } }
        }
        // One order for all plays, so that together they walk through all.
        var random = SeededGenerator(seed: 2180)
        all.shuffle(using: &random)
        combinations = all.indices.filter { $0 % shares == share }.map { all[$0] }
    }

    var count: Int { combinations.count }

    mutating func advance() -> PolicyLayer {
        let chosen = combinations[next % combinations.count]
        next += 1
        answers = Set(chosen)
        return PolicyLayer(chosen)
    }

    mutating func noteStep() {
        for answer in answers { steps[answer, default: 0] += 1 }
    }

    /// Under the answer that has had the fewest.
    var fewestSteps: Int { PolicyAnswer.allCases.map { steps[$0] ?? 0 }.min() ?? 0 }

    /// For a failure's text: `delete ghost, name reserved …`.
    var described: String {
        PolicyQuestion.allCases.compactMap { question in
            answers.first { $0.question == question }.map { "\(question.name) \($0.name)" }
        }.joined(separator: ", ")
    }
}
