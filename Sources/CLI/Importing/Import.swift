import ArgumentParser
import MailModel
import MailboxStore

/// `hindsight import`.
struct Import: ToolCommand {
    static let configuration = CommandConfiguration(
        abstract: "Import mail from mbox files, Maildirs and .eml files.",
        discussion: """
            Examples:

              hindsight import ~/Maildir --account ann
              hindsight import old.mbox --account ann --mailbox Archive/2019
              hindsight import ~/saved-mail --account ann --mailbox Saved

            LINE ENDS. A bare LF becomes CRLF, as IMAP wants it; every other byte stays as it is.

            AGAIN. A message that the mailbox has already, byte for byte, is skipped and counted. \
            So an import that was interrupted is finished by running it again. Equal messages \
            within the source are all imported.

            MBOX. Messages are parted by From_ lines behind an empty line; `>From ` loses one `>` \
            (mboxrd). The date is that of the From_ line, taken as UTC. Status, X-Status and \
            X-Keywords give the flags and stay in the message, unless they stand directly behind \
            the From_ line, where `hindsight export` puts them.

            MAILDIR. The names of the files give the flags (:2,FRSTDP and Dovecot's keywords), their \
            time of change the date. Maildir++ folders come too: .Sent.2020 becomes Sent/2020, \
            below --mailbox if that is not INBOX.

            EML. The date is the Date: field's, or else the file's time of change, for copies of \
            files seldom keep that. No flags.

            FOLDERS that are no Maildir are walked: .eml, .mbox and .mbx files and Maildirs in them \
            go to the one mailbox. With --format auto a file that you name yourself is an mbox when \
            it begins with a From_ line, and a message otherwise.

            A message may have any size. What cannot be read is named and left out, and the exit \
            status is then 2. Works beside a running server: its clients see the mail come in.
            """)

    @Argument(help: "Files and folders.")
    var paths: [String]

    @Option(help: "The account to import into.")
    var account: String

    @Option(help: "The mailbox to import into; made when it is missing.")
    var mailbox = "INBOX"

    @Option(help: "What the paths are: auto, mbox, maildir or eml.")
    var format = ImportFormat.auto

    @OptionGroup var location: StoreLocation

    func validate() throws { _ = try MailboxName.argument(mailbox) }

    func perform() throws {
        let mailbox = try MailboxName.argument(mailbox)
        let store = try location.openForChanging()
        defer { store.close() }
        let importer = MailImporter(store, account: try store.account(account))
        // One import at a time: what another one brings must be seen to be skipped.
        let lock = try FileLock(location.directory + "/import.lock") {
            Terminal.note("waiting for another import into this store to end")
        }
        defer { withExtendedLifetime(lock) {} }
        var finder = SourceFinder(format: format, mailbox: mailbox)
        for path in paths { finder.add(path) }
        var run = ImportRun(items: finder.items, reader: store, importer: importer)
        for problem in finder.problems { run.complain(problem) }
        try run.make(finder.mailboxes)
        try run.run()
        report(importer, passedOver: finder.passedOver)
        guard run.problems == 0 else {
            throw Failure("\(run.problems) could not be imported, or not wholly: see above")
        }
    }

    private func report(_ importer: MailImporter, passedOver: Int) {
        for name in importer.made { print("made mailbox \(name)") }
        print("imported \(importer.imported) messages (\(importer.importedBytes.asSize))")
        if importer.skipped > 0 {
            print("skipped \(importer.skipped) messages that were there already")
        }
        if passedOver > 0 {
            print("passed over \(passedOver) files that are no mail by their names")
        }
    }
}

extension ImportFormat: ExpressibleByArgument {}
