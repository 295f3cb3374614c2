import ArgumentParser
import MailModel
import MailboxStore

/// `hindsight revoke`.
struct Revoke: ToolCommand {
    static let configuration = CommandConfiguration(
        abstract:
            "Withdraw expunged messages or a deleted mailbox from whoever can still read them.",
        discussion: """
            Clients that have not been told of an EXPUNGE or a DELETE may go on reading what is gone \
            (RFC 2180 §3.2, §4.1.1). This ends it at once, whatever the policy: sessions in the deleted \
            mailbox are disconnected, FETCH of the expunged messages is answered with nothing in them. It \
            is an event in the log, and erases no history: the bytes stay in the store.

              hindsight revoke Board --account ann             the deleted mailbox Board
              hindsight revoke Board --account ann --uids 4:7  expunged messages of Board, live or deleted
              hindsight revoke Board --account ann --uids 4:7 --expunge
                                                               expunges them first
              hindsight revoke --account ann --email M1234-0   this message, wherever it was expunged

            Exit status: 0 when something was withdrawn, 1 when there was nothing to withdraw.
            """)

    @Argument(help: "The mailbox: its name or, where several were deleted, its MAILBOXID.")
    var mailbox: String?

    @Option(
        parsing: .upToNextOption,
        help: "EMAILIDs (RFC 8474) of messages, instead of a mailbox: all their expunged copies.")
    var email: [String] = []

    @Option(help: "The account's name.")
    var account: String

    @Option(help: "UIDs of messages, such as 4:7,9; without them, the deleted mailbox itself.")
    var uids: String?

    @Flag(help: "Expunge the messages first; without --uids, delete the mailbox first.")
    var expunge = false

    @OptionGroup var location: StoreLocation

    func validate() throws {
        guard (mailbox == nil) != email.isEmpty else {
            throw ValidationError("Name a mailbox, or messages by --email.")
        }
        guard email.isEmpty || (uids == nil && !expunge) else {
            throw ValidationError("--email goes without --uids and --expunge.")
        }
        if let uids, UIDSet(text: uids) == nil {
            throw ValidationError("\(uids) are no UIDs; write them as 4:7,9.")
        }
    }

    func perform() throws {
        let store = try location.openForChanging()
        defer { store.close() }
        let account = try store.account(account)
        let withdrawn =
            try mailbox.map { try withdraw(from: $0, account, in: store) }
            ?? withdrawCopies(account, in: store)
        guard withdrawn > 0 else {
            Terminal.note("there is nothing to withdraw: nobody can read it any more")
            throw ExitCode.answerIsNo
        }
    }

    private func withdraw(
        from mailbox: String, _ account: AccountID, in store: MailboxStore
    ) throws -> Int {
        let chosen = uids.flatMap { UIDSet(text: $0) }
        if expunge, chosen == nil {
            let name = try MailboxName.argument(mailbox)
            try store.change(DeleteMailbox(account: account, name: name), by: "revoke")
        }
        var withdrawn = 0
        for id in try found(mailbox, in: store, account, wantsDeleted: chosen == nil) {
            if expunge, let chosen { try expungeMessages(chosen, of: id, account, in: store) }
            withdrawn += try withdraw(chosen, of: id, account, in: store)
        }
        return withdrawn
    }

    /// Expunged copies of messages in whatever mailbox of the account.
    private func withdrawCopies(_ account: AccountID, in store: MailboxStore) throws -> Int {
        let wanted = Set(email)
        var withdrawn = 0
        for (id, row) in try store.allMailboxes(of: account) where row.ghosts > 0 {
            var uids = UIDSet()
            try store.read { reader throws(StoreError) in
                try reader.scanGhosts(id, in: 1...UInt32.max) { uid, _, message in
                    if wanted.contains(message.emailID.description) { uids.insertLast(uid...uid) }
                    return true
                }
            }
            guard !uids.isEmpty else { continue }
            withdrawn += try withdraw(uids, of: id, account, in: store)
        }
        return withdrawn
    }

    /// The mailboxes that are meant: deleted ones, or whichever has this name.
    private func found(
        _ mailbox: String, in store: MailboxStore, _ account: AccountID, wantsDeleted: Bool
    ) throws -> [MailboxID] {
        let named = try store.allMailboxes(of: account).filter {
            $0.1.name.string == mailbox || $0.0.description == mailbox
        }
        if wantsDeleted, named.contains(where: { $0.1.deletedAt == nil }),
            !named.contains(where: { $0.1.deletedAt != nil })
        {
            throw Failure("mailbox \(mailbox) is not deleted: delete it first, or say --expunge")
        }
        return named.filter { !wantsDeleted || $0.1.deletedAt != nil }.map(\.0)
    }

    private func expungeMessages(
        _ uids: UIDSet, of mailbox: MailboxID, _ account: AccountID, in store: MailboxStore
    ) throws {
        try store.change(
            ChangeFlags(
                account: account, mailbox: mailbox, uids: uids, operation: .add,
                flags: FlagSet(system: .deleted)), by: "revoke")
        try store.change(
            ExpungeMessages(account: account, mailbox: mailbox, uids: uids), by: "revoke")
    }

    /// - Returns: how many events it took.
    private func withdraw(
        _ uids: UIDSet?, of mailbox: MailboxID, _ account: AccountID, in store: MailboxStore
    ) throws -> Int {
        var slices = 0
        var hasMore = true
        while hasMore {
            let before = try store.head()
            let change = RevokeGhosts(account: account, mailbox: mailbox, uids: uids)
            let result = try store.change(change, by: "revoke")
            hasMore = result == .reclaimed(more: true)
            if try store.head() > before { slices += 1 }
        }
        return slices
    }
}

extension MailboxStore {
    /// Live ones and ghosts.
    fileprivate func allMailboxes(of account: AccountID) throws -> [(MailboxID, MailboxRow)] {
        try read { reader throws(StoreError) in
            var rows: [(MailboxID, MailboxRow)] = []
            for id in try reader.allMailboxes() {
                guard let row = try reader.mailboxRow(id), row.account == account else { continue }
                rows.append((id, row))
            }
            return rows
        }
    }

    fileprivate func head() throws -> LogPosition {
        try read { reader throws(StoreError) in reader.head }
    }
}
