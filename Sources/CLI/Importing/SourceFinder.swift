import Glibc
import MailModel

/// Finds what is to be imported: walks folders, takes Maildirs apart, tells formats.
struct SourceFinder {
    let format: ImportFormat
    let mailbox: MailboxName
    private(set) var items: [ImportItem] = []
    /// The folders that were Maildirs, the empty ones too, in the order found.
    private(set) var mailboxes: [MailboxName] = []
    /// Paths that could not be taken, and why.
    private(set) var problems: [String] = []
    /// Files in folders that are no mail by their names.
    private(set) var passedOver = 0

    private static let deepestFolder = 64

    init(format: ImportFormat, mailbox: MailboxName) {
        self.format = format
        self.mailbox = mailbox
    }

    mutating func add(_ path: String) {
        guard let status = FileStatus(path) else {
            return complain(path, Failure.system("open it").description)
        }
        guard status.isFolder else { return addFile(path, status) }
        switch format {
        case .auto, .eml, .mbox:
            if format == .auto, Folder.isMaildir(path) { addMaildir(path) } else { walk(path, 0) }
        case .maildir:
            guard Folder.isMaildir(path) else {
                return complain(path, "it is no Maildir: there is no folder cur in it")
            }
            addMaildir(path)
        }
    }

    /// A file that was named itself.
    private mutating func addFile(_ path: String, _ status: FileStatus) {
        guard status.isFile else { return complain(path, "it is no regular file") }
        switch format {
        case .mbox: append(path, .mbox, status)
        case .eml: append(path, .eml, status)
        case .maildir: complain(path, "it is a file and no Maildir")
        case .auto: append(path, Folder.beginsLikeMbox(path) ? .mbox : .eml, status)
        }
    }

    private mutating func append(
        _ path: String, _ form: ImportItem.Form, _ status: FileStatus
    ) {
        items.append(
            ImportItem(path: path, form: form, mailbox: mailbox, sizeBytes: status.sizeBytes))
    }

    /// Files in folders are told by their names; links to folders are not followed.
    private mutating func walk(_ folder: String, _ depth: Int) {
        guard depth < SourceFinder.deepestFolder else {
            return complain(folder, "folders are nested too deeply")
        }
        guard let names = Folder.names(in: folder) else {
            return complain(folder, Failure.system("list it").description)
        }
        for name in names {
            let path = folder + "/" + name
            guard let status = FileStatus(path) else {
                complain(path, Failure.system("open it").description)
                continue
            }
            if status.isFolder {
                if FileStatus.isLink(path) {
                    passedOver += 1
                } else if format == .auto, Folder.isMaildir(path) {
                    addMaildir(path)
                } else {
                    walk(path, depth + 1)
                }
            } else if status.isFile, let form = form(ofName: name) {
                append(path, form, status)
            } else {
                passedOver += 1
            }
        }
    }

    private func form(ofName name: String) -> ImportItem.Form? {
        let name = name.lowercased()
        if format != .mbox, name.hasSuffix(".eml") { return .eml }
        if format != .eml, name.hasSuffix(".mbox") || name.hasSuffix(".mbx") { return .mbox }
        return nil
    }

    /// A Maildir and its Maildir++ folders: `.Sent.2020` is Sent/2020, beside INBOX or below another.
    private mutating func addMaildir(_ path: String) {
        addMaildirMessages(path, to: mailbox)
        let base = mailbox.isInbox ? nil : mailbox.string
        for name in Folder.names(in: path) ?? [] where name.hasPrefix(".") {
            let folder = path + "/" + name
            guard Folder.isMaildir(folder) else { continue }
            let text = MaildirName.mailboxName(of: name, below: base)
            do throws(MailboxName.Defect) {
                addMaildirMessages(folder, to: try MailboxName(text))
            } catch {
                complain(folder, "\(Terminal.printable(text)) is no mailbox name: \(error)")
            }
        }
    }

    private mutating func addMaildirMessages(_ path: String, to mailbox: MailboxName) {
        if !mailboxes.contains(mailbox) { mailboxes.append(mailbox) }
        let keywords = Folder.keywords(ofMaildir: path)
        for part in ["cur", "new"] {
            let folder = path + "/" + part
            guard let names = Folder.names(in: folder) else {
                if part == "cur" { complain(folder, Failure.system("list it").description) }
                continue
            }
            for name in names where !name.hasPrefix(".") {
                let file = folder + "/" + name
                guard let status = FileStatus(file) else {
                    complain(file, Failure.system("open it").description)
                    continue
                }
                guard status.isFile else { continue }
                let flags =
                    part == "cur" ? MaildirName.flags(of: name, keywords: keywords) : FlagSet()
                items.append(
                    ImportItem(
                        path: file, form: .maildir(flags), mailbox: mailbox,
                        sizeBytes: status.sizeBytes))
            }
        }
    }

    private mutating func complain(_ path: String, _ reason: String) {
        problems.append("\(Terminal.printable(path)): \(reason)")
    }
}
