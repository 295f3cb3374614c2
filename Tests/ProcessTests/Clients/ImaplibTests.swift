import Foundation
import Testing

extension ProcessTests {
    /// Real mail programs against the built server, each doing what its user would.
    @Suite(.serialized) struct Clients {
        @Test func imaplibHasASession() async throws {
            guard ClientPrograms.areThere("python3") else { return }
            let result = try await onOwnThread {
                let stage = try ClientStage(account: "python")
                let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
                    .appendingPathComponent("imaplib_session.py").path
                return try Programs.run(["python3", script, "\(stage.server.port)"])
            }
            #expect(result.status == 0, "\(result.report)")
            #expect(result.output.hasSuffix("all well\n"), "\(result.report)")
        }
    }
}
