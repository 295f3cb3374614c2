import ArgumentParser
import Authentication
import Glibc
import MailboxStore

/// `hindsight account remove`.
struct AccountRemove: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove an account: its login and its mailboxes.",
        discussion: """
            The login goes first, then the mailboxes. Nothing is overwritten: the log and the \
            messages stay in the store, and `hindsight log --account NAME` still tells them. \
            Sessions that are open keep what they have open until they end.

            It asks before it does so; answer yes, or say --yes.
            """)

    @Argument(help: "The account's name.")
    var name: String

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var location: StoreLocation

    func perform() throws {
        let name = try AccountName.argument(name)
        let store = try location.openForChanging()
        defer { store.close() }
        let credentials = try location.credentials()
        let login = try credentials.names().first { $0 == name }
        let stored = login?.string ?? name.string
        let account = try store.read { reader throws(StoreError) in
            try reader.account(named: stored)
        }
        guard login != nil || account != nil else {
            throw Failure("there is no account \(name) in \(location.directory)")
        }
        try ask(name)
        if let login { try credentials.remove(login) }
        guard account != nil else {
            print("the login of \(name) is removed; it had no mailboxes")
            return
        }
        do {
            try store.change(RemoveAccount(name: stored), by: "account remove")
        } catch {
            throw Failure(
                "nobody can log in as \(name) any more, but its mailboxes are still there: \(error). "
                    + "Run the same command again when that is repaired")
        }
        print("account \(name) removed")
    }

    private func ask(_ name: AccountName) throws {
        guard !yes else { return }
        Terminal.write("Remove account \(name) with all its mailboxes? (yes/no) ")
        guard readLine()?.lowercased() == "yes" else {
            Terminal.complain("nothing was removed")
            throw ExitCode.answerIsNo
        }
    }
}
