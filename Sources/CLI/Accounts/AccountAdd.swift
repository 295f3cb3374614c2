import ArgumentParser
import Authentication
import Glibc
import MailModel
import MailboxStore

/// `hindsight account add`.
struct AccountAdd: ToolCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add an account, and make the store if there is none.",
        discussion: """
            The password is asked for twice, without being shown. Where stdin is no terminal, its \
            first line is the password:

              hindsight account add ann
              pass show mail/ann | hindsight account add ann

            A new account has INBOX, Drafts, Sent, Junk, Trash and Archive, marked with their \
            special uses (RFC 6154) and subscribed so that mail programs find them.

            An account that the store has and nobody can log in to gets the password, and one that \
            has a login and no mailboxes gets mailboxes.
            """)

    @Argument(help: "The name to log in with, such as ann or ann@example.org.")
    var name: String

    @Flag(help: "Make INBOX only.")
    var noFolders = false

    @OptionGroup var location: StoreLocation

    func perform() throws {
        let wanted = try AccountName.argument(name)
        let password = try PasswordPrompt.newPassword(of: wanted)
        let store = try openOrMake()
        defer { store.close() }
        let credentials = try location.credentials()
        // A login that is there already fixes how the name is spelled.
        let known = try credentials.names().first { $0 == wanted }
        let name = known ?? wanted
        let account = try store.read { reader throws(StoreError) in
            try reader.account(named: name.string)
        }
        if known != nil, account != nil {
            throw Failure(
                "account \(name) exists already; to change its password: "
                    + "hindsight account password \(name)")
        }
        if account == nil {
            try store.change(
                CreateAccount(name: name.string, mailboxes: noFolders ? [] : AccountAdd.folders),
                by: "account add")
        }
        try setLogin(password, of: name, isKnown: known != nil, in: credentials)
        report(name, hadMailboxes: account != nil, hadLogin: known != nil)
    }

    /// What mail programs look for, beside INBOX.
    static let folders: [(name: MailboxName, use: SpecialUse)] = [
        (MailboxName(unchecked: "Drafts"), .drafts), (MailboxName(unchecked: "Sent"), .sent),
        (MailboxName(unchecked: "Junk"), .junk), (MailboxName(unchecked: "Trash"), .trash),
        (MailboxName(unchecked: "Archive"), .archive),
    ]

    private func setLogin(
        _ password: [UInt8], of name: AccountName, isKnown: Bool, in credentials: CredentialStore
    ) throws {
        do throws(CredentialError) {
            if isKnown {
                try credentials.setPassword(password, of: name)
            } else {
                try credentials.add(name, password: password)
            }
        } catch {
            throw Failure(
                "account \(name) has its mailboxes now, but its login could not be written: "
                    + "\(error). Run the same command again when that is repaired")
        }
    }

    private func report(_ name: AccountName, hadMailboxes: Bool, hadLogin: Bool) {
        if hadMailboxes {
            print("account \(name) was in the store without a login; it has one now")
        } else if hadLogin {
            print(
                "account \(name) had a login without mailboxes; it has both now, and the new password"
            )
        } else {
            print("account \(name) added to \(location.directory)")
        }
    }

    /// Opens the store, or makes one where the directory is missing or holds nothing.
    private func openOrMake() throws -> MailboxStore {
        if location.exists { return try location.openForChanging() }
        try refuseForeignDirectory()
        return try MailboxStore.open(
            directory: location.directory, options: StoreOptions(role: .server))
    }

    /// A mistyped `--store` shall not put a store among somebody's files.
    private func refuseForeignDirectory() throws {
        guard let folder = opendir(location.directory) else {
            guard errno == ENOENT else { throw Failure.system("open \(location.directory)") }
            return
        }
        defer { closedir(folder) }
        let own: Set<String> = [
            ".", "..", "users", "users.lock", "users.new", "server.lock", "lmdb", "segments",
            "incoming",
        ]
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: entry.pointee.d_name) {
                String(cString: UnsafeRawPointer($0).assumingMemoryBound(to: CChar.self))
            }
            guard own.contains(name) else {
                throw Failure(
                    "\(location.directory) holds other files and no store: name an empty directory, "
                        + "or one that does not exist yet, with --store")
            }
        }
    }
}

extension AccountName {
    /// The name that was given as an argument.
    static func argument(_ text: String) throws -> AccountName {
        do throws(AccountName.Defect) { return try AccountName(text) } catch {
            throw Failure("\(Terminal.printable(text)) is no account name: \(error)")
        }
    }
}
