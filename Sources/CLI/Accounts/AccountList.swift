import ArgumentParser
import Authentication
import MailModel
import MailboxStore

/// `hindsight account list`.
struct AccountList: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the accounts with their mailboxes, messages and bytes.",
        discussion: """
            The last column tells accounts of which only one half is there: `no login` has \
            mailboxes and nobody who can log in, `no mailboxes` the other way round. For both: \
            `hindsight account add NAME` adds what is missing, `account remove NAME` removes the rest.
            """)

    @Flag(help: "One JSON object a line.")
    var json = false

    @OptionGroup var location: StoreLocation

    func perform() throws {
        let store = try location.openForReading()
        defer { store.close() }
        var logins = Set(try location.credentials().names())
        var lines: [Line] = []
        for (id, name) in try store.read({ reader throws(StoreError) in try reader.accounts() }) {
            let mailboxes = try store.read { reader throws(StoreError) in
                try reader.mailboxes(of: id)
            }
            // A name that cannot log in has none.
            let login = (try? AccountName(name)).flatMap { logins.remove($0) }
            lines.append(Line(name: name, mailboxes: mailboxes.map(\.1), hasLogin: login != nil))
        }
        for name in logins { lines.append(Line(name: name.string, mailboxes: [], hasLogin: true)) }
        lines.sort { $0.name < $1.name }
        print(json ? lines.map(\.json.text).joined(separator: "\n") : table(lines))
    }

    private func table(_ lines: [Line]) -> String {
        var table = Table(["ACCOUNT", "MAILBOXES", "MESSAGES", "SIZE", ""], left: [0, 4])
        for line in lines {
            table.add([
                line.name, "\(line.mailboxes.count)", "\(line.messages)", line.sizeBytes.asSize,
                !line.hasLogin ? "no login" : line.mailboxes.isEmpty ? "no mailboxes" : "",
            ])
        }
        return table.text
    }

    private struct Line {
        let name: String
        let mailboxes: [MailboxRow]
        let hasLogin: Bool

        var messages: UInt64 { mailboxes.reduce(0) { $0 &+ UInt64($1.exists) } }
        var sizeBytes: UInt64 { mailboxes.reduce(0) { $0 &+ $1.sizeBytes } }

        var json: JSON {
            .object([
                ("account", .string(name)), ("mailboxes", .integer(Int64(mailboxes.count))),
                ("messages", .unsigned(messages)), ("sizeBytes", .unsigned(sizeBytes)),
                ("login", .bool(hasLogin)),
            ])
        }
    }
}
