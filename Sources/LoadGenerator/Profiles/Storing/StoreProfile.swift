/// UID STORE of \Flagged over 10 connections; one operation is one command.
struct StoreProfile: Profile {
    let name: String
    let about: String
    /// All connections have the same mailbox selected, or each one of its own.
    let isShared: Bool
    /// Messages changed by one command.
    let window: Int

    private static let connections = 10

    private func mailbox(_ index: Int, _ bench: Bench) -> MailboxNeed {
        let count = bench.settings.scaled(1000, least: 200)
        let number = AccountNumbers.stores.lowerBound + (isShared ? 0 : index)
        return MailboxNeed(
            account: bench.accounts[number], name: "flags-\(count)",
            letters: Letters(size: 2048), count: count)
    }

    func prepare(_ bench: Bench) throws {
        for index in 0..<(isShared ? 1 : StoreProfile.connections) {
            let mailbox = mailbox(index, bench)
            try mailbox.fulfil(in: bench)
            let dialogue = try bench.dialogue(mailbox.account)
            defer { dialogue.close() }
            try dialogue.execute("SELECT \(mailbox.name)")
            try dialogue.execute("UID STORE 1:* -FLAGS.SILENT (\\Flagged)")
        }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        var measurement = try measureClosedLoop(
            bench,
            (0..<StoreProfile.connections).map { index in
                let mailbox = mailbox(index, bench)
                let step = isShared ? StoreProfile.connections : 1
                let starts = Array(
                    stride(
                        from: 1 + (isShared ? index * window : 0),
                        through: mailbox.count - window + 1, by: step * window))
                return (
                    Place(account: mailbox.account, mailbox: mailbox.name),
                    StoreClient(starts: starts, window: window)
                )
            })
        measurement.parameters.append(("messagesPerOperation", Double(window)))
        return measurement
    }
}

extension StoreProfile {
    static var all: [StoreProfile] {
        [
            StoreProfile(
                name: "store-one", about: "a flag of one message, 10 mailboxes", isShared: false,
                window: 1),
            StoreProfile(
                name: "store-one-shared", about: "a flag of one message, one mailbox",
                isShared: true, window: 1),
            StoreProfile(
                name: "store-range", about: "a flag of 100 messages, 10 mailboxes",
                isShared: false, window: 100),
        ]
    }
}
