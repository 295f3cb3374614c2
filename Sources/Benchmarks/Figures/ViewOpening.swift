import MailboxStore

extension Figure {
    /// SELECT's part of the store: the sequence map of a mailbox nobody has open, and a share of
    /// that of one which somebody has.
    static let viewOpening = Figure(
        name: "open", about: "opening a view on 1,000 and 100,000 messages: first, again, shared"
    ) { settings in
        var results: [Measurement] = []
        for messages in [1_000, settings.scaled(100_000)] {
            let scratch = try ScratchStore(in: settings.directory)
            let account = try scratch.account("anna")
            let body = SampleMail.body(0)
            try scratch.fill(account, count: messages) { _ in body }
            let inbox = try scratch.inbox(of: account)
            let first = try settings.duration("open", "\(messages) messages, first view", count: 20)
            {
                try cost { for _ in 0..<20 { try scratch.viewOfAStranger(of: inbox).close() } }
            }
            let again = try settings.duration("open", "\(messages) messages, again", count: 200) {
                try cost { for _ in 0..<200 { try scratch.view(of: inbox).close() } }
            }
            let open = try scratch.view(of: inbox)
            let shared = try settings.duration("open", "\(messages) messages, shared", count: 200) {
                try cost { for _ in 0..<200 { try scratch.view(of: inbox).close() } }
            }
            open.close()
            results += [first, again, shared]
        }
        return results
    }
}
