import ArgumentParser

@main
struct MailLoad: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mailload",
        abstract: "Measure any IMAP server under the load of many clients.",
        discussion: """
            Every answer is checked: a wrong one ends the run. Accounts exist, or the server makes \
            them at the first login; mail that profiles read is made over IMAP and kept for the \
            next run. Compare figures of one machine only.
            """,
        subcommands: [
            RunCommand.self, PrepareCommand.self, ProfilesCommand.self, FillCommand.self,
            NullServerCommand.self,
        ])
}
