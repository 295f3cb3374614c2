import Foundation
import Testing

extension ProcessTests.Clients {
    /// Two programs in one mailbox at the same time, and afterwards the log says who did what.
    @Test func theLogTellsWhichClientDidWhat() async throws {
        guard ClientPrograms.areThere("mbsync", "python3") else { return }
        let problems = try await onOwnThread { try SharedMailbox().run() }
        for problem in problems { Issue.record("two clients: \(problem)") }
    }
}

private final class SharedMailbox {
    private let stage: ClientStage
    private let mbsync: Mbsync
    private var problems: [String] = []

    init() throws {
        stage = try ClientStage(account: "both")
        mbsync = try Mbsync(stage)
    }

    /// Appends, flags and expunges by imaplib, its odd messages answered.
    private static let script = """
        import imaplib, sys
        box = imaplib.IMAP4("127.0.0.1", int(sys.argv[1]))
        box.login("both", "pw")
        imaplib.Commands["ID"] = ("NONAUTH", "AUTH", "SELECTED")
        box._simple_command("ID", '("name" "imaplib" "version" "3.11")')
        box.select("INBOX")
        for number in range(40):
            letter = b"Subject: letter %02d\\r\\n\\r\\nbody\\r\\n" % number
            assert box.append("INBOX", None, None, letter)[0] == "OK"
            found = box.uid("SEARCH", None, "SUBJECT", '"letter %02d"' % number)
            uid = found[1][0].split()[-1].decode()
            if number % 2: assert box.uid("STORE", uid, "+FLAGS", "(\\\\Answered)")[0] == "OK"
            if number % 5 == 0:
                assert box.uid("STORE", uid, "+FLAGS", "(\\\\Deleted)")[0] == "OK"
                assert box.expunge()[0] == "OK"
        box.logout()

        """

    func run() throws -> [String] {
        let script = try stage.write(SharedMailbox.script, to: "both.py")
        let port = stage.server.port
        let python = Worker { Result { try Programs.run(["python3", script, "\(port)"]) } }
        let inbox = mbsync.folder("INBOX")
        for round in 0..<6 {
            let result = try mbsync.run()
            if result.status != 0 { problems.append("mbsync: \(result.report)") }
            try inbox.deliver("mine \(round)")
            let unflagged = try inbox.messages().first {
                $0.subject.hasPrefix("letter") && !$0.flags.contains("F")
            }
            if let unflagged { try inbox.setFlags("F" + unflagged.flags, of: unflagged.subject) }
        }
        if let result = try python.join()?.get(), result.status != 0 {
            problems.append("imaplib: \(result.report)")
        }
        try compareSides()
        try readLog()
        return problems
    }

    /// After one more run both sides are alike.
    private func compareSides() throws {
        _ = try mbsync.run()
        let near = try mbsync.folder("INBOX").messages().map(\.subject).sorted()
        let far = try stage.contents(of: "INBOX")
        let subjects = far.map { String($0.split(separator: ":")[0]) }.sorted()
        if near != subjects { problems.append("near has \(near), far has \(subjects)") }
        // 32 of imaplib's, and what was delivered here.
        if near.count != 32 + 6 { problems.append("there are \(near)") }
    }

    /// Every change of the mailbox has its user, address, tag and command; imaplib gave its name.
    private func readLog() throws {
        let result = try Programs.run([
            Programs.hindsight, "log", "--json", "--account", stage.account, "--mailbox", "INBOX",
            "--store", stage.server.store,
        ])
        if result.status != 0 { problems.append("hindsight log: \(result.report)") }
        var clients: [String: Set<String>] = [:]
        for line in result.output.split(separator: "\n") {
            guard
                let entry = try JSONSerialization.jsonObject(with: Data(line.utf8))
                    as? [String: Any]
            else { continue }
            let actor = entry["actor"] as? [String: Any] ?? [:]
            let type = entry["type"] as? String ?? ""
            guard type.hasPrefix("messages") || type == "flagsChanged" else { continue }
            let who = ["user", "address", "tag"].map { actor[$0] as? String ?? "" }
            if who[0] != "both" || !who[1].hasPrefix("127.0.0.1") || who[2].isEmpty {
                problems.append("nobody knows who did this: \(line)")
            }
            clients[type, default: []].insert(actor["client"] as? String ?? "")
        }
        for type in ["messagesAppended", "flagsChanged"] {
            let names = clients[type] ?? []
            let isPython = names.contains { $0.contains("imaplib") }
            if !isPython || names.count < 2 { problems.append("\(type) was done by \(names)") }
        }
    }
}
