import MailEvents
import MailModel

/// Withdraws expunged messages, or a deleted mailbox, from whoever can still read them, whatever the
/// policy: RFC 2180 §5. History and bodies stay.
///
/// Done in slices like `ReclaimGhosts`: the answer `.reclaimed(more: true)` asks for another.
package struct RevokeGhosts: Change {
    package let account: AccountID
    package let mailbox: MailboxID
    /// nil: the whole mailbox, which must be deleted.
    package let uids: UIDSet?

    package init(account: AccountID, mailbox: MailboxID, uids: UIDSet?) {
        self.account = account
        self.mailbox = mailbox
        self.uids = uids
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard let row = try state.mailboxRow(mailbox) else {
            return .accept([], .reclaimed(more: false))
        }
        guard let uids else { return try withdraw(row, on: state) }
        let live = try state.liveUIDs(of: mailbox, among: uids)
        guard live.isEmpty || row.deletedAt != nil else {
            return .refuse(.notExpunged("UID \(live)"))
        }
        let ghosts = try state.readableUIDs(of: mailbox, among: uids)
        let slice = ghosts.prefix(ReclaimGhosts.sliceMessages)
        guard !slice.isEmpty else { return .accept([], .reclaimed(more: false)) }
        let revoked = GhostsRevoked(mailbox: mailbox, wholeMailbox: false, uids: slice)
        return .accept(
            [ScopedEvent(account: account, mailbox: mailbox, .ghostsRevoked(revoked))],
            .reclaimed(more: slice.count < ghosts.count))
    }

    /// The next slice of the mailbox. Its viewers are disconnected with the last one; until then they
    /// find messages gone.
    private func withdraw(
        _ row: MailboxRow, on state: borrowing StoreState
    ) throws(StoreError) -> Decision {
        guard row.deletedAt != nil else { return .refuse(.notExpunged(row.name.string)) }
        let uids = try state.ghostSlice(of: mailbox, andAllElse: true) { _ in true }
        let isLast = uids.count < ReclaimGhosts.sliceMessages
        let revoked = GhostsRevoked(
            mailbox: mailbox, wholeMailbox: isLast, uids: UIDSet(numbers: uids))
        return .accept(
            [ScopedEvent(account: account, mailbox: mailbox, .ghostsRevoked(revoked))],
            .reclaimed(more: !isLast))
    }
}
