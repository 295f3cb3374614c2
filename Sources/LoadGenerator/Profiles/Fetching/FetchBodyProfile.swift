/// UID FETCH of BODY.PEEK[] of one message of 4 KB…50 KB, over 10 connections to one mailbox.
///
/// One operation is one message.
struct FetchBodyProfile: Profile {
    let name = "fetch-bodies"
    let about = "one whole message of 4 to 50 KB, at random"

    private static let connections = 10

    private func mailbox(_ bench: Bench) -> MailboxNeed {
        let count = bench.settings.scaled(4000, least: 50)
        return MailboxNeed(
            account: bench.accounts[AccountNumbers.bodies], name: "bodies-\(count)",
            letters: Letters(sizes: 4096...51_200), count: count)
    }

    func prepare(_ bench: Bench) throws { try mailbox(bench).fulfil(in: bench) }

    func measure(_ bench: Bench) throws -> Measurement {
        let mailbox = mailbox(bench)
        let place = Place(account: mailbox.account, mailbox: mailbox.name)
        var measurement = try measureClosedLoop(
            bench,
            (0..<FetchBodyProfile.connections).map { index in
                (place, FetchBodyClient(of: mailbox, seed: UInt64(index + 1)))
            })
        measurement.parameters.append(("messages", Double(mailbox.count)))
        return measurement
    }
}
