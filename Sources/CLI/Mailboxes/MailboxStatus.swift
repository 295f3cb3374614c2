import ArgumentParser
import MailModel
import MailboxStore

/// `hindsight mailbox status`.
struct MailboxStatus: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "status",
        abstract: "Show all that is counted of mailboxes.",
        discussion: """
            The names are those of IMAP's STATUS (RFC 9051 §6.3.11, RFC 7162, RFC 8474). Of ghosts, \
            messages that are expunged and still seen by some session, only the number is shown.
            """)

    @Argument(help: "Names of mailboxes; all of the account's when there are none.")
    var names: [String] = []

    @Option(help: "The account's name.")
    var account: String

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var location: StoreLocation

    func perform() throws {
        let store = try location.openForReading()
        defer { store.close() }
        let id = try store.account(account)
        let wanted = try names.map(MailboxName.argument)
        let (all, subscribed) = try store.read { reader throws(StoreError) in
            (try reader.mailboxes(of: id), Set(try reader.subscriptions(of: id)))
        }
        for name in wanted { _ = try store.mailbox(name, in: id) }
        var isFirst = true
        for (mailbox, row) in all where wanted.isEmpty || wanted.contains(row.name) {
            let counters = MailboxCounters(
                id: mailbox, row: row, isSubscribed: subscribed.contains(row.name))
            if json {
                print(counters.json.text)
            } else {
                print((isFirst ? "" : "\n") + counters.lines)
            }
            isFirst = false
        }
    }
}
