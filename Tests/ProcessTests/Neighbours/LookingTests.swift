import MailTesting
import Testing

extension ProcessTests {
    /// Who only looks at a store leaves nothing in it.
    @Suite struct LookingTests {
        @Test func readersBesideAServerLeaveNoSegmentBehind() async throws {
            let (before, after) = try await onOwnThread {
                let place = try TemporaryDirectory()
                let server = try ServerProcess(store: place.path + "/store")
                let segments = server.store + "/segments"
                let before = Files.all(in: segments)
                for command in ["log", "verify"] {
                    let outcome = try Programs.run([
                        try Programs.hindsight, command, "--store", server.store,
                    ])
                    if outcome.status != 0 { throw ProcessFailure(outcome.report) }
                }
                return (before, Files.all(in: segments))
            }
            #expect(before.count == 1)
            #expect(after == before)
        }
    }
}
