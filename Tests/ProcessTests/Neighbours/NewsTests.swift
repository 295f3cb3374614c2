import MailEvents
import MailModel
import MailTesting
import MailboxStore
import Testing

extension ProcessTests {
    /// What another process appends reaches connected clients: DESIGN §3.
    @Suite struct NewsTests {
        @Test func anIdlingClientHearsOfAnotherProcessWithinASecond() async throws {
            let seconds = try await onOwnThread { try News.secondsUntilHeard(times: 5) }
            #expect(seconds.count == 5)
            #expect(seconds.allSatisfy { $0 < 1 }, "\(seconds)")
        }
    }
}

/// Appends to a store from this process, beside the server's.
enum News {
    static func secondsUntilHeard(times: Int) throws -> [Double] {
        let place = try TemporaryDirectory()
        let server = try ServerProcess(store: place.path + "/store")
        let client = try IMAPClient(port: server.port)
        _ = try client.command("LOGIN ann \(ServerProcess.password)")
        _ = try client.command("SELECT INBOX")
        _ = try client.send(["IDLE"])
        let tool = try MailboxStore.open(
            directory: server.store, options: StoreOptions(role: .tool))
        defer { tool.close() }
        return try (1...times).map { count in
            try append(to: tool)
            let started = Deadline.now
            while true {
                let text = try client.response(seconds: 5).text
                if text == "* \(count) EXISTS" { return Deadline.seconds(since: started) }
            }
        }
    }

    static func append(to store: MailboxStore) throws {
        guard
            let account = try store.read({ reader throws(StoreError) in
                try reader.account(named: "ann")
            })
        else { throw ProcessFailure("no account ann") }
        let date = InternalDate(secondsSinceEpoch: 1_700_000_000)
        let message = IncomingMessage(
            body: IncomingBody(of: Array("Subject: news\r\n\r\nnews\r\n".utf8)), flags: FlagSet(),
            internalDate: date)
        let outcome = store.perform(
            AppendMessages(account: account, destination: .inbox, messages: [message]),
            actor: Actor(protocolName: "test"), cause: Cause(command: "deliver"))
        guard case .accepted = outcome else { throw ProcessFailure("\(outcome)") }
    }
}
