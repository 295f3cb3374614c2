import ArgumentParser

/// `hindsight account`.
struct Account: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Add, list and remove accounts, and set their passwords.",
        discussion: """
            An account is two things that this command keeps together: its mailboxes, in the store's \
            log, and its login, in the file `users` of the store's directory. Passwords are kept as \
            yescrypt hashes and never enter the log. A running server sees every change at the next \
            login.

            If one half of a change succeeds and the other fails, the command says so; running it \
            again does what is missing.
            """,
        subcommands: [AccountAdd.self, AccountList.self, AccountPassword.self, AccountRemove.self])
}
