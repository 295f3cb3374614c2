import MailModel

/// One file to import, and what its place says of it.
struct ImportItem {
    enum Form {
        case mbox
        /// A file of a Maildir: its name holds the flags, its time of change is the date.
        case maildir(FlagSet)
        /// An .eml file: its Date: field is the date.
        case eml
    }

    let path: String
    let form: Form
    let mailbox: MailboxName
    let sizeBytes: UInt64
}

/// What is to be taken for what.
enum ImportFormat: String, CaseIterable {
    case auto, mbox, maildir, eml
}
