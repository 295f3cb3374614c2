import Glibc
import MailModel
import MailboxStore

/// Ghosts of both kinds in an account of their own, alive when the server is killed: a deleted mailbox
/// that a session still has open, and a message that was expunged and a session not told (RFC 2180
/// §3.2, §4.1).
struct LivingGhosts {
    /// Sessions that keep the ghosts alive, until the next round.
    private var holders: [IMAPClient] = []
    private var rounds = 0
    /// What was kept of Board, acknowledged.
    private var kept = 0
    private(set) var problems: [String] = []

    /// What holds in a round.
    private enum Policy: CaseIterable {
        case patient, reusable, immediate

        var words: [String] {
            switch self {
            case .patient: ["--preset", "patient"]
            case .reusable: ["--preset", "patient", "name=reusable", "fetch=nil"]
            case .immediate: ["--preset", "immediate"]
            }
        }
    }

    // MARK: After the kill

    /// Waits until no ghost is pinned: nobody has anything open any more.
    mutating func judge(_ server: ServerProcess) throws {
        holders = []
        let deadline = Deadline(seconds: 20)
        while let pinned = try LivingGhosts.pinned(in: server.store) {
            guard !deadline.isOver else { return problems.append("after the kill: \(pinned)") }
            usleep(20_000)
        }
        let client = try LivingGhosts.connect(server)
        if rounds == 0 { try expect(client, "CREATE Board", "OK") }
        if rounds > 0, policy != .patient { try expect(client, "DELETE Doomed", "OK") }
        try expect(client, "CREATE Doomed", "OK")
        let board = try client.command("SELECT Board")
        if !board.untagged.contains(where: { $0.text == "* \(kept) EXISTS" }) {
            problems.append("Board has not \(kept) messages: \(board.untagged.map(\.text))")
        }
    }

    private static func pinned(in store: String) throws -> String? {
        let store = try MailboxStore.open(
            directory: store, options: StoreOptions(role: .reader))
        defer { store.close() }
        return try store.read { reader throws(StoreError) in
            for id in try reader.allMailboxes() {
                guard let row = try reader.mailboxRow(id) else { continue }
                if row.deletedAt != nil { return "\(row.name) is deleted and still there" }
                if row.ghosts > 0 { return "\(row.name) has \(row.ghosts) ghosts" }
            }
            return nil
        }
    }

    // MARK: Before it

    private var policy: Policy { Policy.allCases[rounds % Policy.allCases.count] }

    mutating func prepare(_ server: ServerProcess) throws {
        rounds += 1
        let set =
            ["policy", "set"] + policy.words + ["--account", "ghosts", "--store", server.store]
        let result = try Programs.run([Programs.hindsight] + set)
        if result.status != 0 { problems.append("policy set: \(result.report)") }
        let owner = try LivingGhosts.connect(server)
        let viewer = try LivingGhosts.connect(server)
        let laggard = try LivingGhosts.connect(server)
        holders = [owner, viewer, laggard]
        try append("kept", to: "Board", owner)
        kept += 1
        try append("gone", to: "Board", flags: "\\Deleted", owner)
        try append("doomed", to: "Doomed", owner)
        try expect(viewer, "SELECT Doomed", "OK")
        try expect(laggard, "SELECT Board", "OK")
        try expect(owner, "SELECT Board", "OK")
        try expect(owner, "EXPUNGE", "OK")
        try expect(
            laggard, "FETCH \(kept + 1) BODY.PEEK[TEXT]", policy == .patient ? "OK" : "NO")
        try expect(owner, "DELETE Doomed", "OK")
        try lookAtGhost(viewer)
        try expect(owner, "CREATE Doomed", policy == .patient ? "NO" : "OK")
    }

    private mutating func lookAtGhost(_ viewer: IMAPClient) throws {
        guard policy == .immediate else {
            return try expect(viewer, "FETCH 1 BODY.PEEK[TEXT]", "OK")
        }
        let bye = try viewer.response()
        if !bye.text.hasPrefix("* BYE") { problems.append("no BYE but \(bye.text)") }
    }

    private mutating func append(
        _ text: String, to mailbox: String, flags: String = "", _ client: IMAPClient
    ) throws {
        let letter = Array("Subject: \(text)\r\n\r\n\(text) \(rounds)\r\n".utf8)
        let answer = try client.command("APPEND \(mailbox) (\(flags)) ", .literal(letter))
        if !answer.isOK { problems.append("APPEND to \(mailbox): \(answer.tagged)") }
    }

    private mutating func expect(
        _ client: IMAPClient, _ command: String, _ condition: String
    ) throws {
        let answer = try client.command(.text(command))
        if answer.condition != condition {
            problems.append("round \(rounds): \(command) was answered \(answer.tagged)")
        }
    }

    private static func connect(_ server: ServerProcess) throws -> IMAPClient {
        let client = try IMAPClient(port: server.port)
        let login = try client.command("LOGIN ghosts \(ServerProcess.password)")
        guard login.isOK else { throw ProcessFailure("LOGIN: \(login.tagged)") }
        return client
    }
}
