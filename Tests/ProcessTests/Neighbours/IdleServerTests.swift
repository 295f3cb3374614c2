import Glibc
import MailTesting
import MailboxStore
import Testing

extension ProcessTests {
    /// A server that has nothing to do itself must not keep the pages that other processes free.
    @Suite struct IdleServerTests {
        @Test func aToolBesideAnIdleServerUsesItsPagesAgain() async throws {
            let growthBytes = try await onOwnThread { try IdleServer.growthBytes() }
            #expect(growthBytes < 512 << 10, "\(growthBytes)")
        }
    }
}

private enum IdleServer {
    /// How much the log's file grows by a hundred commits, when hundreds before have freed pages
    /// and the server has had time to see that.
    static func growthBytes() throws -> Int {
        let place = try TemporaryDirectory()
        let server = try ServerProcess(store: place.path + "/store")
        let client = try IMAPClient(port: server.port)
        _ = try client.command("LOGIN ann \(ServerProcess.password)")
        _ = try client.command("APPEND INBOX ", .literal(Array("Subject: x\r\n\r\nx\r\n".utf8)))
        // The server's last checkpoint is made, and it rests.
        sleep(2)
        let tool = try MailboxStore.open(
            directory: server.store, options: StoreOptions(role: .tool))
        defer { tool.close() }
        for _ in 0..<200 { try News.append(to: tool) }
        sleep(3)
        let before = try sizeBytes(server.store)
        for _ in 0..<100 { try News.append(to: tool) }
        return try sizeBytes(server.store) - before
    }

    private static func sizeBytes(_ store: String) throws -> Int {
        var status = stat()
        guard stat(store + "/lmdb/data.mdb", &status) == 0 else {
            throw ProcessFailure("no log in \(store)")
        }
        return Int(status.st_size)
    }
}
