/// A story of two or three sessions that answers some questions, and may show rules broken.
protocol Scenario: Sendable {
    /// For who watches, and for the report.
    var name: String { get }
    var questions: [Question] { get }
    func play(on stage: Stage) async throws -> Outcome
}

/// What a scenario showed, apart from what the whole dialogue shows.
struct Outcome: Sendable {
    var findings: [Finding] = []
    var violations: [Violation] = []

    init(_ findings: [Finding] = [], _ violations: [Violation] = []) {
        self.findings = findings
        self.violations = violations
    }

    /// None of the questions arises where EXPUNGE is refused.
    static func mootWithoutExpunge(_ questions: [Question]) -> Outcome {
        Outcome(
            questions.map {
                Finding($0, .moot("EXPUNGE is refused"), evidence: [])
            })
    }
}

/// All scenarios in the order in which they play.
let allScenarios: [any Scenario] = [
    DeleteScenario(), RenameScenario(), ExpungeScenario(), FetchScenario(), StoreScenario(),
    SearchScenario(), CopyScenario(), MoveScenario(), NumbersScenario(),
]

extension Stage {
    /// Where the dialogue stands now.
    var mark: Int { record.dialogue.lines.count }

    /// What was said since then: the last lines, if there are many.
    func evidence(since mark: Int) -> [String] {
        record.dialogue.lines[mark...].suffix(Stage.longestEvidence).map(\.text)
    }

    private static let longestEvidence = 60
}
