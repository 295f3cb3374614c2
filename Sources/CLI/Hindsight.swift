import ArgumentParser

/// The command `hindsight`: one subcommand a task.
///
/// | status | means |
/// |---|---|
/// | 0 | done; for a question: yes |
/// | 1 | done, and the answer is no: differences, damage, no server running |
/// | 2 | it could not be done, or not all of it; stderr says why and what to do |
/// | 64 | the arguments make no sense (sysexits.h: EX_USAGE) |
@main
struct Hindsight: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hindsight",
        abstract: "An event-sourced IMAP server: every change of every mailbox stays on record.",
        discussion: """
            A store is one directory. It holds the mail of many accounts and one log of everything \
            that ever happened to it. Begin like this:

              hindsight account add ann
              hindsight import ~/Maildir --account ann
              hindsight serve

            Every command works beside a running server, `rebuild` alone excepted: what it changes, \
            connected clients see within a second.

            EXIT STATUS: 0 done · 1 the answer is no (differences, damage, no server running) · \
            2 it could not be done, or not all of it, and stderr says why · 64 wrong arguments.
            """,
        version: Version.text,
        subcommands: [
            Serve.self, Who.self, Account.self, Import.self, Export.self, Mailbox.self, Policy.self,
            Revoke.self, Log.self, Verify.self, Rebuild.self, ConformanceCommand.self, Version.self,
        ])
}
