import Foundation
import MailTesting
import Testing

/// Random sessions against an array: RFC 3501 §5.2, §7.4.1; RFC 2180 §3, §4, under all its policies.
@Suite
struct ModelTests {
    /// Steps of all plays together; 420,000 give each answer of a policy 100,000:
    /// `HINDSIGHT_MODEL_STEPS`.
    static let steps =
        ProcessInfo.processInfo.environment["HINDSIGHT_MODEL_STEPS"].flatMap { Int($0) } ?? 280_000

    static let plays = 5

    /// `HINDSIGHT_MODEL_SEED` repeats one play, or begins elsewhere.
    static let firstSeed =
        ProcessInfo.processInfo.environment["HINDSIGHT_MODEL_SEED"].flatMap { UInt64($0) } ?? 1

    @Test(
        "Whoever believes what it is told holds the mailbox, whatever others do",
        arguments: (0..<plays).map { firstSeed + UInt64($0) })
    func clientsHoldTheMailbox(seed: UInt64) throws {
        let sessions = 3 + Int(seed % 3)
        let share = Int((seed &- ModelTests.firstSeed) % UInt64(ModelTests.plays))
        var play = try Play(
            seed: seed, sessions: sessions, policies: PolicyWalk(share: share, of: ModelTests.plays)
        )
        do {
            try play.run(steps: ModelTests.steps / ModelTests.plays)
            print("model test, seed \(seed): \(play.policies.fewestSteps) steps under any answer")
        } catch {
            Issue.record("seed \(seed), \(sessions) sessions, \(error)")
        }
    }
}
