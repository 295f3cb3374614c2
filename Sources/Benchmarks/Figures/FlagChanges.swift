import MailModel
import MailboxStore

extension Figure {
    /// STORE of one message's flag, each a change of its own, durable.
    static let flagChanges = Figure(
        name: "store", about: "STORE + commit at 1, 8, 64, 256 submitters, one message each"
    ) { settings in
        var results: [Measurement] = []
        for submitters in settings.submitters {
            results.append(try flagChanges(settings, submitters, accounts: 1))
            if submitters > 1 {
                results.append(try flagChanges(settings, submitters, accounts: submitters))
            }
        }
        return results
    }

    private static let messagesInAll = 4096

    private static func flagChanges(
        _ settings: Settings, _ submitters: Int, accounts: Int
    ) throws -> Measurement {
        let scratch = try ScratchStore(in: settings.directory)
        let body = SampleMail.body(0)
        let mailboxes = try (0..<accounts).map { number in
            let account = try scratch.account("user\(number)")
            try scratch.fill(account, count: messagesInAll / accounts) { _ in body }
            return (account: account, inbox: try scratch.inbox(of: account))
        }
        let driver = Driver(scratch.store)
        let count = settings.scaled(submitters == 1 ? 4_000 : submitters <= 8 ? 20_000 : 60_000)
        var made = 0
        let place = accounts == 1 ? "one mailbox" : "\(accounts) accounts"
        return try settings.rate(
            "store", "\(submitters) at once, \(place)", unit: "changes/s", count: count
        ) {
            let changes = (made..<(made + count)).map { number in
                // Each round over all messages does the contrary of the one before: all change.
                let isAdding = (number / messagesInAll).isMultiple(of: 2)
                let place = mailboxes[number % accounts]
                let uid = UInt32(number % messagesInAll / accounts + 1)
                return ChangeFlags(
                    account: place.account, mailbox: place.inbox, uids: UIDSet(uid...uid),
                    operation: isAdding ? .add : .remove, flags: FlagSet(system: [.seen]))
            }
            made += count
            return try driver.run(changes, submitters: submitters)
        }
    }
}
