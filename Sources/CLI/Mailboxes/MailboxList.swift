import ArgumentParser
import MailModel
import MailboxStore

/// `hindsight mailbox list`.
struct MailboxList: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the mailboxes of an account.")

    @Option(help: "The account's name.")
    var account: String

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var location: StoreLocation

    func perform() throws {
        let store = try location.openForReading()
        defer { store.close() }
        let id = try store.account(account)
        let (mailboxes, subscribed) = try store.read { reader throws(StoreError) in
            (try reader.mailboxes(of: id), Set(try reader.subscriptions(of: id)))
        }
        var table = Table(
            ["MAILBOX", "MESSAGES", "UNSEEN", "SIZE", "SUBSCRIBED", "SPECIAL USE"], left: [0, 4, 5])
        for (mailbox, row) in mailboxes {
            let isSubscribed = subscribed.contains(row.name)
            if json {
                print(MailboxCounters(id: mailbox, row: row, isSubscribed: isSubscribed).json.text)
            } else {
                table.add([
                    row.name.string, "\(row.exists)", "\(row.unseen)", row.sizeBytes.asSize,
                    isSubscribed ? "yes" : "",
                    row.specialUses.map { "\($0.attribute)" }.joined(separator: " "),
                ])
            }
        }
        if !json { print(table.text) }
    }
}
