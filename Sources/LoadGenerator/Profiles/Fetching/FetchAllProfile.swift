/// UID FETCH 1:* of a mailbox of 100,000 messages over one connection; one operation is one command.
struct FetchAllProfile: Profile {
    let name: String
    let about: String
    let items: ListItems

    func prepare(_ bench: Bench) throws {
        try LargeMailboxes.hundredThousand(bench).fulfil(in: bench)
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let mailbox = LargeMailboxes.hundredThousand(bench)
        return try measureRepetition(
            bench, in: mailbox,
            FetchListClient(items, of: mailbox, window: mailbox.count, seed: 1))
    }

    static let all = [
        FetchAllProfile(
            name: "fetch-flags-100k", about: "all FLAGS of 100,000 messages", items: .flags),
        FetchAllProfile(
            name: "fetch-envelopes-100k", about: "all ENVELOPEs of 100,000 messages",
            items: .envelopes),
    ]
}

extension Profile {
    /// Selects the mailbox, and repeats one long operation.
    func measureRepetition(
        _ bench: Bench, in mailbox: MailboxNeed, _ client: any Client
    ) throws -> Measurement {
        let sessions = try bench.open([Place(account: mailbox.account, mailbox: mailbox.name)])
        defer { bench.close(sessions) }
        sessions[0].client = client
        var measurement = try Repetition(profile: name, bench: bench).measure(sessions[0])
        measurement.parameters.append(("messages", Double(mailbox.count)))
        return measurement
    }
}
