import Glibc
import Testing

extension ProcessTests {
    /// RELIABILITY F24.
    @Suite struct ShutdownTests {
        @Test func sigtermUnderLoadSaysByeToAllAndKeepsWhatWasAcknowledged() async throws {
            let result = try await onOwnThread { try Shutdowns.run(3) }
            for problem in result.problems.prefix(10) { Issue.record("\(problem)") }
            print("shutdown under load: \(result.slowestSeconds) s at most")
            #expect(result.slowestSeconds < 5)
            #expect(result.acknowledged > 5)
        }
    }
}

private enum Shutdowns {
    struct Result: Sendable {
        var problems: [String] = []
        var slowestSeconds = 0.0
        var acknowledged = 0
    }

    static func run(_ rounds: Int) throws -> Result {
        let harness = try CrashHarness(clients: 8, seed: 24)
        var result = Result()
        for round in 1...rounds {
            let server = try harness.start()
            try harness.judge(server)
            // One that rests, one that idles, one that never logged in: BYE is for all.
            let resting = try harness.connect(server)
            let idling = try harness.connect(server)
            let stranger = try IMAPClient(port: server.port)
            _ = try idling.command("SELECT INBOX")
            _ = try idling.send(["IDLE"])
            _ = try idling.response()
            try harness.load(server) {
                usleep(harness.milliseconds(50...300) * 1000)
                let (status, seconds) = try server.terminate()
                if status != 0 { result.problems.append("round \(round): status \(status)") }
                result.slowestSeconds = max(result.slowestSeconds, seconds)
            }
            for client in harness.loaded where !client.sawBye {
                result.problems.append("client \(client.number): no BYE: \(client.ending)")
            }
            for (name, client) in [("resting", resting), ("idling", idling), ("new", stranger)] {
                if let problem = missingBye(client) {
                    result.problems.append("the \(name) client: \(problem)")
                }
            }
            try harness.audit()
        }
        try harness.judge(harness.start())
        result.problems += harness.problems
        result.acknowledged = harness.acknowledged
        return result
    }

    private static func missingBye(_ client: IMAPClient) -> String? {
        do {
            while true {
                if try client.response().text.hasPrefix("* BYE") { return nil }
            }
        } catch {
            return "\(error)"
        }
    }
}
