import MailTesting
import Testing

extension ProcessTests {
    /// RELIABILITY F21: one store, one server.
    @Suite struct SecondServerTests {
        @Test func aSecondServerIsRefusedAtOnceWithAPlainMessage() async throws {
            let (refused, seconds, answer) = try await onOwnThread {
                let place = try TemporaryDirectory()
                let first = try ServerProcess(store: place.path + "/store")
                let started = Deadline.now
                let refused = try Programs.run(ServerProcess.command(store: first.store))
                let seconds = Deadline.seconds(since: started)
                // The first one goes on.
                let client = try IMAPClient(port: first.port)
                return (refused, seconds, try client.command("NOOP").tagged)
            }
            #expect(refused.status != 0 && refused.status < 128)
            #expect(refused.output.isEmpty)
            #expect(refused.errors.contains("server"), "\(refused.errors)")
            #expect(refused.errors.split(separator: "\n").count == 1, "\(refused.errors)")
            #expect(seconds < 1)
            #expect(answer.contains(" OK "))
        }

        @Test func aKilledServerLeavesNoLock() async throws {
            let seconds = try await onOwnThread {
                let place = try TemporaryDirectory()
                let first = try ServerProcess(store: place.path + "/store")
                try first.kill()
                return try ServerProcess(store: first.store).secondsToReady
            }
            #expect(seconds < 5)
        }
    }
}
