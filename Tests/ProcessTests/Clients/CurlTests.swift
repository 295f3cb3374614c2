import Testing

extension ProcessTests.Clients {
    @Test func curlListsFetchesUploadsAndSearches() async throws {
        guard ClientPrograms.areThere("curl") else { return }
        let problems = try await onOwnThread { try CurlSession().run() }
        for problem in problems { Issue.record("curl: \(problem)") }
    }
}

private final class CurlSession {
    private let stage: ClientStage
    private var problems: [String] = []

    init() throws { stage = try ClientStage(account: "curl") }

    func run() throws -> [String] {
        try stage.append("first")
        let letter = ClientStage.message("from curl")
        let file = stage.home + "/letter.eml"
        try Files.write(letter, to: file)
        let text = String(decoding: letter, as: UTF8.self)

        try want(["/"], "* LIST (\\HasNoChildren) \"/\" INBOX\r\n")
        try want(["/INBOX", "-T", file], "")
        try want(["/INBOX;UID=2"], text)
        try want(["/INBOX;MAILINDEX=2;SECTION=TEXT"], "This is from curl.\r\n")
        try want(
            ["/INBOX;UID=1;SECTION=HEADER.FIELDS%20(SUBJECT)"], "Subject: first\r\n\r\n")
        try want(["/INBOX", "-X", "SEARCH SUBJECT curl"], "* SEARCH 2\r\n")
        try want(["/INBOX?SUBJECT%20first"], "* SEARCH 1\r\n")
        try want(["/", "-X", "CREATE Kept"], "")
        try want(["/INBOX", "-X", "UID COPY 2 Kept"], "")
        try want(["/INBOX", "-X", "STORE 2 +FLAGS.SILENT (\\Deleted)"], "")
        try want(["/INBOX", "-X", "EXPUNGE"], "* 2 EXPUNGE\r\n", isPart: true)
        try want(["/", "-X", "STATUS Kept (MESSAGES)"], "* STATUS Kept (MESSAGES 1)\r\n")
        try want(["/", "--login-options", "AUTH=PLAIN", "-X", "NOOP"], "")
        // 78: no such thing; 67: not let in.
        try want(["/INBOX;UID=77"], "", status: 78)
        try want(["/INBOX;UIDVALIDITY=1;UID=1"], "", status: 78)
        try want(["/", "-u", "curl:wrong"], "", status: 67)
        try uploadMuch()
        let kept = try stage.contents(of: "Kept")
        if kept != ["from curl: \\Seen", "much: \\Seen"] { problems.append("Kept has \(kept)") }
        return problems
    }

    /// Two megabytes there and back.
    private func uploadMuch() throws {
        let body = Letter("c1.1.2000000").bytes
        let letter = Array("Subject: much\r\n".utf8) + body
        let file = stage.home + "/much.eml"
        try Files.write(letter, to: file)
        try want(["/Kept", "-T", file], "")
        let result = try curl(["/Kept;UID=2;SECTION=TEXT", "-o", stage.home + "/back.eml"])
        let text = letter.suffix(2_000_000)
        if try !Files.read(stage.home + "/back.eml").suffix(2_000_000).elementsEqual(text) {
            problems.append("much mail came back otherwise: \(result.report)")
        }
    }

    private func want(
        _ words: [String], _ output: String, status: Int32 = 0, isPart: Bool = false
    ) throws {
        let result = try curl(words)
        let fits = isPart ? result.output.contains(output) : result.output == output
        if !fits || result.status != status { problems.append("\(words): \(result.report)") }
    }

    private func curl(_ words: [String]) throws -> Finished {
        let account =
            words.contains("-u") ? [] : ["-u", "\(stage.account):\(ServerProcess.password)"]
        let address = "imap://127.0.0.1:\(stage.server.port)\(words[0])"
        return try Programs.run(["curl", "-sS"] + account + [address] + words.dropFirst())
    }
}
