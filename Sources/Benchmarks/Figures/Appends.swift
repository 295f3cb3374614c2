import MailModel
import MailboxStore

extension Figure {
    /// Append and commit of messages of 4 KB that are in memory, hashed and parsed: the writer's
    /// part of an APPEND, durable.
    static let appends = Figure(
        name: "append", about: "append + commit at 1, 8, 64, 256 submitters, 4 KB bodies"
    ) { settings in
        var results: [Measurement] = []
        for submitters in settings.submitters {
            results.append(try appends(settings, submitters, accounts: 1))
            if submitters > 1 {
                results.append(try appends(settings, submitters, accounts: submitters))
            }
        }
        return results
    }

    private static func appends(
        _ settings: Settings, _ submitters: Int, accounts: Int
    ) throws -> Measurement {
        let scratch = try ScratchStore(in: settings.directory)
        let owners = try (0..<accounts).map { try scratch.account("user\($0)") }
        let driver = Driver(scratch.store)
        let count = settings.scaled(submitters == 1 ? 2_000 : submitters <= 8 ? 8_000 : 20_000)
        var made = 0
        let place = accounts == 1 ? "one mailbox" : "\(accounts) accounts"
        return try settings.rate(
            "append", "\(submitters) at once, \(place)", unit: "messages/s", count: count
        ) {
            let changes = (made..<(made + count)).map { number in
                AppendMessages(
                    account: owners[number % accounts], destination: .inbox,
                    messages: [SampleMail.message(SampleMail.body(number))])
            }
            made += count
            return try driver.run(changes, submitters: submitters)
        }
    }
}
