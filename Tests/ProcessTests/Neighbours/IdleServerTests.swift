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
        waitForCheckpoint(server.store)
        let tool = try MailboxStore.open(
            directory: server.store, options: StoreOptions(role: .tool))
        defer { tool.close() }
        for _ in 0..<200 { try News.append(to: tool) }
        // The server's own, of what the tool did.
        waitForCheckpoint(server.store)
        let before = try sizeBytes(server.store)
        for _ in 0..<100 { try News.append(to: tool) }
        return try sizeBytes(server.store) - before
    }

    /// Waits until the next checkpoint is written; if none comes, what follows shows it.
    private static func waitForCheckpoint(_ store: String) {
        let path = store + "/lmdb/checkpoint"
        let before = bytes(path)
        let deadline = Deadline(seconds: 10)
        while bytes(path) == before, !deadline.isOver { usleep(10_000) }
    }

    private static func bytes(_ path: String) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return [] }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = read(file, &bytes, bytes.count)
        return Array(bytes.prefix(max(0, count)))
    }

    private static func sizeBytes(_ store: String) throws -> Int {
        var status = stat()
        guard stat(store + "/lmdb/data.mdb", &status) == 0 else {
            throw ProcessFailure("no log in \(store)")
        }
        return Int(status.st_size)
    }
}
