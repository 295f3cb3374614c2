import Testing

extension ProcessTests.Clients {
    /// What Thunderbird 153 sends, as its own IMAP log has it: two connections, one of which idles.
    @Test func thunderbirdsHabitsAreServed() async throws {
        let problems = try await onOwnThread { try ThunderbirdSession().run() }
        for problem in problems { Issue.record("thunderbird: \(problem)") }
    }
}

private final class ThunderbirdSession {
    private let stage: ClientStage
    /// Stays in INBOX.
    private let first: IMAPClient
    /// Does what concerns folders.
    private let second: IMAPClient
    private var problems: [String] = []

    private static let headers =
        "(UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Cc Bcc Subject Date Message-ID "
        + "Priority X-Priority References Newsgroups In-Reply-To Content-Type Reply-To Received)])"
    private static let preview =
        "(UID BODY.PEEK[HEADER.FIELDS (Content-Type Content-Transfer-Encoding)] "
        + "BODY.PEEK[TEXT]<0.2048>)"

    init() throws {
        stage = try ClientStage(account: "thunderbird")
        first = try IMAPClient(port: stage.server.port)
        second = try IMAPClient(port: stage.server.port)
    }

    func run() throws -> [String] {
        try stage.create("Archive/2026")
        for subject in ["one", "two", "three"] { try stage.append(subject) }
        try start(first)
        try open()
        try start(second)
        try findFolders()
        try hearNews()
        try deleteAndTag()
        return problems
    }

    /// AUTHENTICATE PLAIN without an initial response, then who we are.
    private func start(_ client: IMAPClient) throws {
        let tag = try client.send(["authenticate PLAIN"])
        if try client.response().text != "+ " { problems.append("no empty continuation") }
        try client.sendRaw(Array("AHRodW5kZXJiaXJkAHB3\r\n".utf8))
        if try !client.answer(to: tag).isOK { problems.append("no login") }
        try want(client, "namespace", "* NAMESPACE ((\"\" \"/\")) NIL NIL")
        try want(client, "ID (\"name\" \"Thunderbird\" \"version\" \"153.7.0\")", "* ID (")
    }

    private func open() throws {
        try want(first, "select \"INBOX\"", "* 3 EXISTS")
        try want(first, "UID fetch 1:* (FLAGS)", "* 3 FETCH (UID 3 FLAGS (\\Recent))")
        let headers = try first.command("UID fetch 1:3 ", .text(ThunderbirdSession.headers))
        let items = headers.untagged.compactMap(\.fetchItems)
        let subjects = items.map { item in
            item.first { $0.key.hasPrefix("BODY[") }?.value.text?.contains("Subject: ") ?? false
        }
        if subjects != [true, true, true] { problems.append("headers: \(headers)") }
        let bodies = try first.command("UID fetch 1:3 (UID RFC822.SIZE BODY.PEEK[])")
        let texts = bodies.untagged.compactMap { $0.fetchItems?["BODY[]"]?.bytes }
        if texts != ["one", "two", "three"].map(ClientStage.message) {
            problems.append("bodies: \(bodies)")
        }
        let preview = try first.command("UID fetch 1 ", .text(ThunderbirdSession.preview))
        let text = preview.untagged.first?.fetchItems?["BODY[TEXT]<0>"]?.text
        if text != "This is one.\r\n" { problems.append("preview: \(preview)") }
    }

    private func findFolders() throws {
        try want(second, "list (subscribed) \"\" \"*\" return (special-use)", nil)
        try want(second, "list \"\" \"INBOX\"", "\"/\" INBOX")
        let trash = try second.command("list \"\" \"Trash\"")
        if !trash.isOK || !trash.untagged.isEmpty { problems.append("Trash: \(trash)") }
        try want(second, "create \"Trash\"", nil)
        try want(second, "subscribe \"Trash\"", nil)
        try want(
            second, "list (subscribed) \"\" \"*\" return (special-use)",
            "\\Subscribed) \"/\" Trash")
        try want(
            second, "STATUS \"Archive/2026\" (UIDNEXT MESSAGES UNSEEN RECENT)",
            "* STATUS Archive/2026 (UIDNEXT 1 MESSAGES 0 UNSEEN 0 RECENT 0)")
        try want(second, "select \"Archive/2026\"", "* 0 EXISTS")
        try want(second, "noop", nil)
    }

    private func hearNews() throws {
        let tag = try first.send(["IDLE"])
        _ = try first.response()
        try stage.append("pushed")
        if try first.response(seconds: 5).text != "* 4 EXISTS" { problems.append("no news") }
        try first.sendRaw(Array("DONE\r\n".utf8))
        if try !first.answer(to: tag).isOK { problems.append("IDLE") }
        try want(first, "noop", nil)
        try want(first, "UID fetch 4:* (FLAGS)", "* 4 FETCH (UID 4 FLAGS (")
    }

    private func deleteAndTag() throws {
        try want(first, "uid store 4 +Flags (\\Seen)", "\\Seen")
        // It says so twice, on its way from one list to another.
        try want(first, "uid store 4 +Flags (\\Seen)", nil)
        try want(first, "uid move 2 \"Trash\"", "[COPYUID ")
        try want(first, "noop", nil)
        // Beyond the last: the last one answers.
        try want(first, "UID fetch 9:* (FLAGS)", "* 3 FETCH (UID 4 ")
        try want(first, "uid store 3 +Flags (\\Flagged)", "\\Flagged")
        try want(first, "uid store 3 +FLAGS ($label1)", "$label1")
        let inbox = try stage.contents(of: "INBOX")
        if inbox != ["one:", "three: $label1 \\Flagged", "pushed: \\Seen"] {
            problems.append("INBOX: \(inbox)")
        }
        let trash = try stage.contents(of: "Trash")
        if trash != ["two:"] { problems.append("Trash: \(trash)") }
    }

    private func want(_ client: IMAPClient, _ command: String, _ part: String?) throws {
        let answer = try client.command(.text(command))
        let lines = answer.untagged.map(\.text) + [answer.tagged]
        if !answer.isOK || part.map({ part in !lines.contains { $0.contains(part) } }) == true {
            problems.append("\(command) was answered \(lines)")
        }
    }
}
