import Glibc
import Testing

extension ProcessTests {
    /// RELIABILITY F3: what was acknowledged outlives the machine's power.
    @Suite(.serialized) struct PowerCutTests {
        /// HINDSIGHT_POWER_CUTS and HINDSIGHT_CRASH_SEED choose more, or the same again.
        @Test func everyAcknowledgedChangeOutlivesAPowerCut() async throws {
            if let obstacle = PowerCutDisk.obstacle {
                print("SKIPPED: the power cannot be cut: \(obstacle)")
                return
            }
            let rounds = Variables.number("HINDSIGHT_POWER_CUTS", otherwise: 8)
            let seed = Variables.number("HINDSIGHT_CRASH_SEED", otherwise: 20_261_125)
            let result = try await onOwnThread {
                try PowerCutRounds(seed: UInt64(seed)).run(rounds)
            }
            print("power cut test: \(result.summary)")
            for problem in result.problems.prefix(10) {
                Issue.record("seed \(seed): \(problem)")
            }
            #expect(result.cuts == rounds)
            #expect(result.acknowledged > rounds * 5)
            #expect(rounds < 8 || result.byTools > 0)
        }
    }
}

/// Cuts the power under load, and judges what is there when it is back.
private struct PowerCutRounds {
    let seed: UInt64

    struct Result: Sendable {
        var cuts = 0
        var acknowledged = 0
        var byTools = 0
        var problems: [String] = []
        var summary = ""
    }

    /// What happens besides the clients' work before the power goes.
    private enum Kind: CaseIterable {
        case nothing
        /// A command writes beside the server.
        case tool
        /// The server was killed and another one is starting, or has just started.
        case killed
        /// As long as checkpoints at rest need.
        case rest
    }

    func run(_ rounds: Int) throws -> Result {
        let harness = try CrashHarness(clients: 6, seed: seed, withPowerCuts: true)
        guard let disk = harness.disk else { throw ProcessFailure("no disk") }
        let tools = NeighbourTools(harness)
        let started = Deadline.now
        var result = Result()
        while result.cuts < rounds, harness.problems.isEmpty, tools.problems.isEmpty {
            let server = try harness.start()
            let kind = Kind.allCases[result.cuts % Kind.allCases.count]
            try harness.load(server) { try cut(kind, server, harness, disk, tools) }
            try disk.powerOn()
            result.cuts += 1
            try judge(harness, tools, serverFirst: result.cuts % 2 == 0)
        }
        result.acknowledged = harness.acknowledged
        result.byTools = tools.acknowledged
        result.problems = harness.problems + tools.problems
        result.summary =
            "\(result.cuts) cuts, \(result.acknowledged) acknowledged changes and "
            + "\(result.byTools) of commands, slowest start \(harness.slowestStartSeconds) s, "
            + "\(Deadline.seconds(since: started)) s in all"
        return result
    }

    private func cut(
        _ kind: Kind, _ server: ServerProcess, _ harness: CrashHarness, _ disk: PowerCutDisk,
        _ tools: NeighbourTools
    ) throws {
        var users = [server.child]
        switch kind {
        case .nothing: pause(harness, 20...900)
        case .rest: pause(harness, 1000...2500)
        case .tool: users += try tools.work(harness, milliseconds: harness.milliseconds(100...1500))
        case .killed:
            pause(harness, 20...500)
            try server.kill()
            users = [try ChildProcess(ServerProcess.command(store: harness.store))]
            pause(harness, 1...400)
        }
        let milliseconds = harness.milliseconds(0...30)
        try disk.cut(
            users, seed: UInt64(harness.milliseconds(0...(.max))), milliseconds: milliseconds)
        // What has ended by itself does so for a reason.
        for user in users where user.status != 128 + SIGKILL && kind != .tool {
            tools.problems.append("\(kind): \(user.name) ended with \(user.status ?? -1)")
        }
    }

    private func pause(_ harness: CrashHarness, _ milliseconds: ClosedRange<UInt32>) {
        usleep(harness.milliseconds(milliseconds) * 1000)
    }

    /// Whoever comes first recovers the store: a server, or a command.
    private func judge(
        _ harness: CrashHarness, _ tools: NeighbourTools, serverFirst: Bool
    ) throws {
        if !serverFirst { try harness.audit() }
        let server = try harness.start()
        try harness.judge(server)
        try tools.judge(harness, server)
        _ = try server.terminate()
        if serverFirst { try harness.audit() }
    }
}
