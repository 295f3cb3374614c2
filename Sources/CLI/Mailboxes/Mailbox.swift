import ArgumentParser

/// `hindsight mailbox`.
struct Mailbox: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "List an account's mailboxes and show their counters.",
        discussion: """
            Both only look, and work beside a running server. Mailboxes are made, renamed and deleted \
            by mail programs; `hindsight import` makes those it needs.
            """,
        subcommands: [MailboxList.self, MailboxStatus.self])
}
