import ArgumentParser
import Glibc
import MailModel
import MailboxStore

/// `hindsight export`.
struct Export: ToolCommand {
    static let configuration = CommandConfiguration(
        abstract: "Export mail as mbox files or as a Maildir.",
        discussion: """
            Examples:

              hindsight export --account ann --format maildir ann-mail
              hindsight export --account ann --mailbox Sent --format mbox sent.mbox

            With --mailbox, OUT is one mbox file or one Maildir. Without it all mailboxes are \
            exported: as a Maildir++ with INBOX at its top and .Sent.2020 for Sent/2020, or as a \
            folder of mbox files named in the same way. What exists is never overwritten.

            LINE ENDS. lf is what mutt and other programs expect of files: each CRLF becomes LF. A \
            message that would come back from that as another one is written as it is stored. crlf \
            writes all messages as they are stored.

            FLAGS AND DATES. Maildir: :2,FRSTDP, Dovecot's letters for up to 26 other keywords, and \
            the date as the file's time of change. mbox: Status, X-Status and X-Keywords directly \
            behind the From_ line, which holds the date in UTC; lines like a From_ line get a `>` \
            (mboxrd). `hindsight import` understands both and finds nothing new in them; only an \
            mbox adds a line end to a message that ends without one, and zones of dates become UTC.
            """)

    @Argument(help: "The file or folder to make.")
    var out: String

    @Option(help: "The account to export.")
    var account: String

    @Option(help: "One mailbox; all when it is left out.")
    var mailbox: String?

    @Option(help: "mbox or maildir.")
    var format: ExportFormat

    @Option(help: "lf or crlf.")
    var lineEnds = LineEnds.lf

    @OptionGroup var location: StoreLocation

    func validate() throws { _ = try mailbox.map(MailboxName.argument) }

    func perform() throws {
        let store = try location.openForReading()
        defer { store.close() }
        let id = try store.account(account)
        var mailboxes = try store.read { reader throws(StoreError) in
            try reader.mailboxes(of: id).map { ($0.0, $0.1.name) }
        }
        if let mailbox {
            let name = try MailboxName.argument(mailbox)
            mailboxes = [(try store.mailbox(name, in: id), name)]
        }
        guard access(out, F_OK) != 0 else {
            throw Failure("\(out) exists: export never overwrites, name another place")
        }
        let source = ExportSource(store, lineEnds: lineEnds)
        switch format {
        case .mbox: try exportMboxes(mailboxes, from: source)
        case .maildir: try exportMaildirs(mailboxes, from: source)
        }
        print("exported \(source.exported) messages of \(mailboxes.count) mailboxes to \(out)")
        guard source.problems == 0 else {
            throw Failure("\(source.problems) messages could not be exported: see above")
        }
    }

    private func exportMboxes(
        _ mailboxes: [(MailboxID, MailboxName)], from source: ExportSource
    ) throws {
        guard mailbox == nil else {
            for (id, _) in mailboxes { try MboxWriter(path: out, source: source).write(id) }
            return
        }
        try makeFolder(out)
        for (id, name) in mailboxes {
            let path = "\(out)/\(MaildirName.folder(of: name, id: id)).mbox"
            try MboxWriter(path: path, source: source).write(id)
        }
    }

    private func exportMaildirs(
        _ mailboxes: [(MailboxID, MailboxName)], from source: ExportSource
    ) throws {
        for (id, name) in mailboxes where name.isInbox || mailbox != nil {
            try MaildirWriter(path: out, isTop: true, source: source).write(id, name)
        }
        for (id, name) in mailboxes where !name.isInbox && mailbox == nil {
            let path = "\(out)/.\(MaildirName.folder(of: name, id: id))"
            try MaildirWriter(path: path, isTop: false, source: source).write(id, name)
        }
    }
}

enum ExportFormat: String, CaseIterable, ExpressibleByArgument {
    case mbox, maildir
}

extension LineEnds: ExpressibleByArgument {}

/// Makes a folder that must not exist.
func makeFolder(_ path: String) throws {
    guard mkdir(path, 0o700) == 0 else { throw Failure.system("make the folder \(path)") }
}
