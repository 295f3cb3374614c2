import Testing

extension ProcessTests.Clients {
    @Test func muttCopiesMovesFlagsAndDeletes() async throws {
        guard ClientPrograms.areThere("mutt", "script") else { return }
        let problems = try await onOwnThread { try MuttSession().run() }
        for problem in problems { Issue.record("mutt: \(problem)") }
    }
}

/// Mutt wants a terminal, which script(1) gives it, and keys, which its own `push` gives it.
private final class MuttSession {
    private let stage: ClientStage
    private let configuration: String
    private var problems: [String] = []

    init() throws {
        stage = try ClientStage(account: "mutt")
        configuration = try stage.write(
            """
            set imap_user=\(stage.account)
            set imap_pass=\(ServerProcess.password)
            set folder="imap://127.0.0.1:\(stage.server.port)/"
            set spoolfile="+INBOX"
            set ssl_starttls=no
            set ssl_force_tls=no
            set header_cache="\(stage.home)/cache"
            set message_cachedir="\(stage.home)/bodies"
            set sort=mailbox-order
            set delete=yes
            set resolve=no
            set quit=yes
            set move=no
            set copy=no
            set confirmappend=no
            set confirmcreate=no
            set sleep_time=0
            set wait_key=no
            set read_inc=0
            set write_inc=0
            set beep=no

            """, to: "muttrc")
        try Files.write([], to: stage.home + "/cache/.keep")
        try Files.write([], to: stage.home + "/bodies/.keep")
    }

    func run() throws -> [String] {
        for subject in ["one", "two", "three", "four", "five"] { try stage.append(subject) }
        try press(
            "<first-entry><copy-message>=Kept<enter><next-entry><flag-message>"
                + "<next-entry><delete-message><sync-mailbox>"
                + "<last-entry><save-message>=Kept<enter><quit>")
        try want("INBOX", ["one: Old", "two: Old \\Flagged", "four: Old"])
        try want("Kept", ["one:", "five:"])

        try press("<first-entry><display-message><exit><last-entry><tag-message><quit>")
        try want("INBOX", ["one: Old \\Seen", "two: Old \\Flagged", "four: Old"])

        try stage.append("six")
        try press(
            "<limit>~s six<enter><set-flag>r<limit>all<enter>"
                + "<delete-pattern>~s two<enter><quit>")
        try want("INBOX", ["one: Old \\Seen", "four: Old", "six: \\Answered \\Seen"])
        return problems
    }

    private func press(_ keys: String) throws {
        let command = "mutt -F \(configuration) -e 'push \"\(keys)\"'"
        let result = try Programs.run(
            ["script", "-qec", command, stage.home + "/typescript"],
            environment: [
                "TERM": "xterm", "LINES": "30", "COLUMNS": "100", "HOME": stage.home,
                "LC_ALL": "C.UTF-8",
            ], seconds: 20)
        if result.status != 0 { problems.append("\(keys): \(result.report)") }
    }

    private func want(_ mailbox: String, _ wanted: [String]) throws {
        // The flags as a set: "Old" is a keyword, and so in no set order among the others.
        let found = try stage.contents(of: mailbox)
        if found != wanted { problems.append("\(mailbox): \(found), wanted \(wanted)") }
    }
}
