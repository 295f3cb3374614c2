import Glibc
import Testing

extension ProcessTests {
    /// RELIABILITY F1, F24: what was acknowledged outlives the server.
    @Suite(.serialized) struct CrashTests {
        /// HINDSIGHT_CRASH_ROUNDS and HINDSIGHT_CRASH_SEED choose more, or the same again.
        @Test func everyAcknowledgedChangeOutlivesAKill() async throws {
            let rounds = Variables.number("HINDSIGHT_CRASH_ROUNDS", otherwise: 50)
            let seed = Variables.number("HINDSIGHT_CRASH_SEED", otherwise: 20_261_123)
            let result = try await onOwnThread {
                try CrashRounds(seed: UInt64(seed)).run(rounds)
            }
            print("crash test: \(result.summary)")
            for problem in result.problems.prefix(10) {
                Issue.record("seed \(seed): \(problem)")
            }
            #expect(result.kills >= rounds)
            #expect(result.acknowledged > rounds * 5)
        }
    }
}

/// Kills servers under load and with ghosts alive, and judges what the next one finds.
struct CrashRounds {
    let seed: UInt64

    struct Result: Sendable {
        var kills = 0
        var acknowledged = 0
        var problems: [String] = []
        var summary = ""
    }

    func run(_ rounds: Int) throws -> Result {
        let harness = try CrashHarness(clients: 8, seed: seed)
        let started = Deadline.now
        var result = Result()
        var ghosts = LivingGhosts()
        while result.kills < rounds, harness.problems.isEmpty, ghosts.problems.isEmpty {
            let server = try harness.start()
            try harness.judge(server)
            try ghosts.judge(server)
            try ghosts.prepare(server)
            let delay = harness.milliseconds(5...350)
            try harness.load(server) {
                usleep(delay * 1000)
                try server.kill()
            }
            result.kills += 1
            if result.kills % 7 == 0 { result.kills += try harness.killWhileStarting() }
            if result.kills % 10 == 0 || result.kills >= rounds { try harness.audit() }
        }
        let last = try harness.start()
        try harness.judge(last)
        try ghosts.judge(last)
        result.acknowledged = harness.acknowledged
        result.problems = harness.problems + ghosts.problems
        result.summary =
            "\(result.kills) kills, \(harness.acknowledged) acknowledged changes, "
            + "\(harness.lettersSeen) letters at the end, slowest start "
            + "\(harness.slowestStartSeconds) s, \(Deadline.seconds(since: started)) s in all"
        return result
    }
}
