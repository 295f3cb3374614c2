import Testing

extension ProcessTests.Clients {
    @Test func mbsyncKeepsBothSidesAlike() async throws {
        guard ClientPrograms.areThere("mbsync") else { return }
        let problems = try await onOwnThread { try MbsyncSession().run() }
        for problem in problems { Issue.record("mbsync: \(problem)") }
    }
}

/// A Maildir beside a mailbox, synchronised both ways.
struct Mbsync {
    let stage: ClientStage
    let configuration: String

    init(_ stage: ClientStage) throws {
        self.stage = stage
        configuration = try stage.write(
            """
            IMAPAccount server
            Host 127.0.0.1
            Port \(stage.server.port)
            User \(stage.account)
            Pass \(ServerProcess.password)
            SSLType None
            AuthMechs LOGIN

            IMAPStore far
            Account server

            MaildirStore near
            Path \(stage.home)/mail/
            Inbox \(stage.home)/mail/INBOX
            SubFolders Verbatim

            Channel all
            Far :far:
            Near :near:
            Patterns *
            Create Both
            Remove Both
            Expunge Both
            CopyArrivalDate yes
            SyncState *

            """, to: "mbsyncrc")
        // mbsync makes folders in its store, but not the store.
        try Files.write([], to: stage.home + "/mail/.keep")
    }

    func folder(_ name: String) -> Maildir { Maildir(path: "\(stage.home)/mail/\(name)") }

    func run() throws -> Finished {
        try Programs.run(
            ["mbsync", "-c", configuration, "-V", "-a"], environment: ["HOME": stage.home])
    }
}

private final class MbsyncSession {
    private let stage: ClientStage
    private let mbsync: Mbsync
    private var problems: [String] = []

    init() throws {
        stage = try ClientStage(account: "mbsync")
        mbsync = try Mbsync(stage)
    }

    func run() throws -> [String] {
        try stage.create("Archive/2026")
        for subject in ["alpha", "beta", "gamma"] { try stage.append(subject) }
        try stage.append("delta", flags: "\\Flagged \\Seen")
        try stage.append("old", to: "Archive/2026")
        try sync("first")
        try want(["alpha: ", "beta: ", "delta: FS", "gamma: "], ["old: "])

        // The user deletes, answers and writes here; other things happen there.
        let inbox = mbsync.folder("INBOX")
        try inbox.delete("alpha")
        try inbox.setFlags("RS", of: "beta")
        try inbox.deliver("from here")
        try stage.append("from there")
        try expungeThere("gamma")
        try unflagThere("delta")
        try sync("second")
        try want(["beta: RS", "delta: S", "from here: ", "from there: "], ["old: "])

        try nothingChanges()
        try folders()
        return problems
    }

    private func nothingChanges() throws {
        let position = try head()
        try sync("third")
        if try head() != position { problems.append("a run without need changed the store") }
    }

    /// New ones on both sides, and one that goes.
    private func folders() throws {
        try stage.create("There")
        try stage.append("in there", to: "There")
        try mbsync.folder("Here").deliver("in here")
        try Files.write([], to: "\(mbsync.folder("Here").path)/cur/.keep")
        try Files.write([], to: "\(mbsync.folder("Here").path)/tmp/.keep")
        try sync("fourth")
        if try stage.contents(of: "Here") != ["in here:"] { problems.append("no folder Here") }
        if try mbsync.folder("There").contents() != ["in there: "] {
            problems.append("no folder There")
        }
    }

    private func sync(_ name: String) throws {
        let result = try mbsync.run()
        if result.status != 0 { problems.append("\(name) run: \(result.report)") }
    }

    /// Both sides hold this.
    private func want(_ inbox: [String], _ archive: [String]) throws {
        let letters = ["R": "\\Answered", "F": "\\Flagged", "S": "\\Seen"]
        for (name, wanted) in [("INBOX", inbox), ("Archive/2026", archive)] {
            let near = try mbsync.folder(name).contents()
            if near != wanted { problems.append("near \(name): \(near), wanted \(wanted)") }
            let far = try stage.contents(of: name).sorted()
            let words = wanted.map { line in
                let parts = line.split(separator: ":", omittingEmptySubsequences: false)
                let flags = parts[1].compactMap { letters[String($0)] }.sorted()
                return "\(parts[0]):" + flags.map { " " + $0 }.joined()
            }
            if far != words { problems.append("far \(name): \(far), wanted \(words)") }
        }
    }

    private func expungeThere(_ subject: String) throws {
        _ = try stage.observer.command("SELECT INBOX")
        let found = try stage.observer.command("UID SEARCH SUBJECT \(subject)")
        let uid = found.untagged.first { $0.text.hasPrefix("* SEARCH ") }?.text.dropFirst(9) ?? "0"
        _ = try stage.observer.command("UID STORE \(String(uid)) +FLAGS (\\Deleted)")
        _ = try stage.observer.command("UID EXPUNGE \(String(uid))")
    }

    private func unflagThere(_ subject: String) throws {
        let found = try stage.observer.command("UID SEARCH SUBJECT \(subject)")
        let uid = found.untagged.first { $0.text.hasPrefix("* SEARCH ") }?.text.dropFirst(9) ?? "0"
        _ = try stage.observer.command("UID STORE \(String(uid)) -FLAGS (\\Flagged)")
        _ = try stage.observer.command("UNSELECT")
    }

    /// HIGHESTMODSEQ of all mailboxes.
    private func head() throws -> [String] {
        try stage.mailboxes().sorted().map { name in
            try stage.observer.command("STATUS \(name) (MESSAGES UIDNEXT HIGHESTMODSEQ)").untagged
                .map(\.text).joined()
        }
    }
}
