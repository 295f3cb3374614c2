import Testing

extension ProcessTests.Clients {
    @Test func offlineimapFollowsBothSides() async throws {
        guard ClientPrograms.areThere("offlineimap") else { return }
        let problems = try await onOwnThread { try OfflineImapSession().run() }
        for problem in problems { Issue.record("offlineimap: \(problem)") }
    }
}

private final class OfflineImapSession {
    private let stage: ClientStage
    private let configuration: String
    private var problems: [String] = []

    init() throws {
        stage = try ClientStage(account: "offline")
        configuration = try stage.write(
            """
            [general]
            metadata = \(stage.home)/meta
            accounts = all
            ui = basic
            [Account all]
            localrepository = near
            remoterepository = far
            [Repository near]
            type = Maildir
            localfolders = \(stage.home)/mail
            [Repository far]
            type = IMAP
            remotehost = 127.0.0.1
            remoteport = \(stage.server.port)
            remoteuser = \(stage.account)
            remotepass = \(ServerProcess.password)
            ssl = no
            starttls = no
            auth_mechanisms = PLAIN, LOGIN

            """, to: "offlineimaprc")
    }

    private var inbox: Maildir { Maildir(path: stage.home + "/mail/INBOX") }
    private var kept: Maildir { Maildir(path: stage.home + "/mail/Kept.Deep") }

    func run() throws -> [String] {
        try stage.create("Kept/Deep")
        for subject in ["alpha", "beta", "gamma"] { try stage.append(subject) }
        try stage.append("delta", to: "Kept/Deep", flags: "\\Seen")
        try sync("first")
        want("INBOX", try inbox.contents(), ["alpha: ", "beta: ", "gamma: "])
        want("Kept.Deep", try kept.contents(), ["delta: S"])

        try inbox.delete("beta")
        try inbox.setFlags("FS", of: "alpha")
        try kept.deliver("local")
        try stage.append("remote")
        try sync("second")
        want(
            "far INBOX", try stage.contents(of: "INBOX"),
            [
                "alpha: \\Flagged \\Seen", "gamma:", "remote:",
            ])
        want("far Kept/Deep", try stage.contents(of: "Kept/Deep"), ["delta: \\Seen", "local:"])
        want("INBOX", try inbox.contents(), ["alpha: FS", "gamma: ", "remote: "])

        _ = try stage.observer.command("SELECT INBOX")
        _ = try stage.observer.command("STORE 2 +FLAGS.SILENT (\\Deleted)")
        _ = try stage.observer.command("CLOSE")
        try sync("third")
        want("INBOX", try inbox.contents(), ["alpha: FS", "remote: "])
        return problems
    }

    private func sync(_ name: String) throws {
        let result = try Programs.run(
            ["offlineimap", "-c", configuration, "-o", "-1"], environment: ["HOME": stage.home])
        let text = result.output + result.errors
        if result.status != 0 || text.contains("ERROR") || text.contains("WARNING") {
            problems.append("\(name) run: \(result.report)")
        }
    }

    private func want(_ place: String, _ found: [String], _ wanted: [String]) {
        if found != wanted { problems.append("\(place): \(found), wanted \(wanted)") }
    }
}
