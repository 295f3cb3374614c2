import MailboxStore

extension Figure {
    /// A session's answers to FETCH, in memory: command parsed, rows read, responses written.
    static let rendering = Figure(
        name: "fetch",
        about: "FETCH through a session in memory: flags of 100,000, envelopes of 10,000"
    ) { settings in
        let scratch = try ScratchStore(in: settings.directory)
        let messages = settings.scaled(100_000)
        let account = try scratch.account("anna")
        // Ten thousand contents: summaries of their own, as in a real mailbox.
        let bodies = (0..<min(messages, 10_000)).map { SampleMail.body($0, sizeBytes: 1_500) }
        try scratch.fill(account, count: messages) { bodies[$0 % bodies.count] }
        let session = try MemorySession(scratch.store, user: "anna")
        try session.expectOK("a EXAMINE INBOX")

        func fetched(_ label: String, _ count: Int, _ line: String) throws -> Measurement {
            guard session.send(line) > count * 10 else {
                throw BenchmarkFailure("\(line) was not answered")
            }
            return settings.duration("fetch", label, count: count) {
                cost { keep(session.send(line)) }
            }
        }
        let windows = min(messages, 10_000)
        return [
            try fetched("UID FETCH 1:* (FLAGS), each message", messages, "a UID FETCH 1:* (FLAGS)"),
            try fetched(
                "FETCH 1:\(windows) (ENVELOPE), each message", windows,
                "a FETCH 1:\(windows) (ENVELOPE)"),
            try fetched(
                "FETCH 1:\(windows) (BODYSTRUCTURE), each message", windows,
                "a FETCH 1:\(windows) (BODYSTRUCTURE)"),
            try fetched(
                "FETCH 1:\(windows) (UID FLAGS RFC822.SIZE INTERNALDATE ENVELOPE), each",
                windows, "a FETCH 1:\(windows) (UID FLAGS RFC822.SIZE INTERNALDATE ENVELOPE)"),
        ]
    }
}
