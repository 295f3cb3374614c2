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

            Exit status: 0 when something was withdrawn, 1 when there was nothing to withdraw.
            """)

    @Argument(help: "The mailbox: its name or, where several were deleted, its MAILBOXID.")
    var mailbox: String

    @Option(help: "The account's name.")
    var account: String

    @Option(help: "UIDs of messages, such as 4:7,9; without them, the deleted mailbox itself.")
    var uids: String?

    @Flag(help: "Expunge the messages first; without --uids, delete the mailbox first.")
    var expunge = false

    @OptionGroup var location: StoreLocation

    func validate() throws {
        if let uids, UIDSet(text: uids) == nil {
            throw ValidationError("\(uids) are no UIDs; write them as 4:7,9.")
        }
    }

    func perform() throws {
        let store = try location.openForChanging()
        defer { store.close() }
        let account = try store.account(account)
        let chosen = uids.flatMap { UIDSet(text: $0) }
        if expunge, chosen == nil {
            let name = try MailboxName.argument(mailbox)
            try store.change(DeleteMailbox(account: account, name: name), by: "revoke")
        }
        let mailboxes = try found(in: store, account, wantsDeleted: chosen == nil)
        guard !mailboxes.isEmpty else {
            Terminal.note("there is nothing to withdraw: nobody can read it any more")
            throw ExitCode.answerIsNo
        }
        var withdrawn = 0
        for mailbox in mailboxes {
            if expunge, let chosen { try expungeMessages(chosen, of: mailbox, account, in: store) }
            withdrawn += try withdraw(chosen, of: mailbox, account, in: store)
        }
        guard withdrawn > 0 else {
            Terminal.note("there is nothing to withdraw: nobody can read it any more")
            throw ExitCode.answerIsNo
        }
    }

    /// The mailboxes that are meant: deleted ones, or whichever has this name.
    private func found(
        in store: MailboxStore, _ account: AccountID, wantsDeleted: Bool
    ) throws -> [MailboxID] {
        let rows = try store.read { reader throws(StoreError) in
            var rows: [(MailboxID, MailboxRow)] = []
            for id in try reader.allMailboxes() {
                guard let row = try reader.mailboxRow(id), row.account == account else { continue }
                rows.append((id, row))
            }
            return rows
        }
        let named = rows.filter { $0.1.name.string == mailbox || $0.0.description == mailbox }
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
    fileprivate func head() throws -> LogPosition {
        try read { reader throws(StoreError) in reader.head }
    }
}
