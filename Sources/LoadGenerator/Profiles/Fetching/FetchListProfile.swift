/// UID FETCH of a window of a message list, over 10 connections to one mailbox of 10,000 messages.
///
/// One operation is one command.
struct FetchListProfile: Profile {
    let name: String
    let about: String
    let items: ListItems
    let window: Int

    private static let connections = 10

    static func mailbox(_ bench: Bench) -> MailboxNeed {
        let count = bench.settings.scaled(10_000, least: 200)
        return MailboxNeed(
            account: bench.accounts[AccountNumbers.lists], name: "list-\(count)",
            letters: Letters(sizes: 2048...4096), count: count)
    }

    func prepare(_ bench: Bench) throws { try FetchListProfile.mailbox(bench).fulfil(in: bench) }

    func measure(_ bench: Bench) throws -> Measurement {
        let mailbox = FetchListProfile.mailbox(bench)
        let place = Place(account: mailbox.account, mailbox: mailbox.name)
        var measurement = try measureClosedLoop(
            bench,
            (0..<FetchListProfile.connections).map { index in
                (
                    place,
                    FetchListClient(items, of: mailbox, window: window, seed: UInt64(index + 1))
                )
            })
        measurement.parameters += [
            ("messages", Double(mailbox.count)), ("messagesPerOperation", Double(window)),
        ]
        return measurement
    }
}

extension FetchListProfile {
    static var all: [FetchListProfile] {
        [
            FetchListProfile(
                name: "fetch-flags", about: "FLAGS of 100 messages of 10,000", items: .flags,
                window: 100),
            FetchListProfile(
                name: "fetch-envelopes", about: "ENVELOPEs, sizes, dates of 100 messages of 10,000",
                items: .envelopes, window: 100),
            FetchListProfile(
                name: "fetch-headers", about: "seven header fields of 100 messages of 10,000",
                items: .headers, window: 100),
            FetchListProfile(
                name: "fetch-windows-50", about: "ENVELOPEs of 50 messages of 10,000",
                items: .envelopes, window: 50),
        ]
    }
}
