import MailEvents
import MailModel

/// Takes ghosts that no view can see any more out of the projections; events and bodies stay.
///
/// At most `sliceMessages` at a time, so that no commit grows with a mailbox: the answer
/// `.reclaimed(more: true)` asks for another.
package struct ReclaimGhosts: Change {
    package let mailbox: MailboxID
    package let account: AccountID
    /// Messages expunged at or before this position.
    package let through: LogPosition
    /// The mailbox itself is a ghost that no view holds.
    package let whole: Bool

    package static let sliceMessages = 5000

    package init(mailbox: MailboxID, account: AccountID, through: LogPosition, whole: Bool) {
        self.mailbox = mailbox
        self.account = account
        self.through = through
        self.whole = whole
    }

    /// `.done` says that it must wait: somebody may be looking.
    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard let row = try state.mailboxRow(mailbox) else {
            return .accept([], .reclaimed(more: false))
        }
        if whole {
            // A view may have been opened before the deletion was seen: ask again, now that
            // nothing else is decided.
            guard row.deletedAt != nil else { return .accept([], .reclaimed(more: false)) }
            guard state.viewers(of: mailbox, besides: nil) == 0 else { return .accept([], .done) }
        }
        let events = try events(on: state)
        let more = try !isLast(events, on: state)
        return .accept(events, .reclaimed(more: more))
    }

    /// The next slice; a whole mailbox goes with its last one.
    func events(on state: borrowing StoreState) throws(StoreError) -> [ScopedEvent] {
        let uids = try state.ghostSlice(of: mailbox, andAllElse: whole) { expungedAt in
            whole || expungedAt <= through
        }
        let isLast = whole && uids.count < ReclaimGhosts.sliceMessages
        guard isLast || !uids.isEmpty else { return [] }
        let event = MailEvent.ghostsReclaimed(
            GhostsReclaimed(
                mailbox: mailbox, through: through, wholeMailbox: isLast,
                uids: UIDSet(numbers: uids)))
        return [ScopedEvent(account: account, mailbox: mailbox, event)]
    }

    private func isLast(
        _ events: [ScopedEvent], on state: borrowing StoreState
    ) throws(StoreError) -> Bool {
        guard case .ghostsReclaimed(let event) = events.first?.event else { return true }
        return event.wholeMailbox || (!whole && event.uids.count < ReclaimGhosts.sliceMessages)
    }
}

extension StoreState {
    /// The first ghosts that are wanted, by UID; then, of a mailbox that goes as a whole, live messages.
    ///
    /// - Returns: less than `ReclaimGhosts.sliceMessages` when these are the last.
    borrowing func ghostSlice(
        of mailbox: MailboxID, andAllElse whole: Bool, where isWanted: (LogPosition) -> Bool
    ) throws(StoreError) -> [UInt32] {
        var uids: [UInt32] = []
        try scanGhosts(mailbox, in: 1...UInt32.max) { uid, expungedAt, _ in
            if isWanted(expungedAt) { uids.append(uid) }
            return uids.count < ReclaimGhosts.sliceMessages
        }
        guard whole, uids.count < ReclaimGhosts.sliceMessages else { return uids }
        try scanMessages(mailbox, in: 1...UInt32.max) { uid, _ in
            uids.append(uid)
            return uids.count < ReclaimGhosts.sliceMessages
        }
        return uids
    }
}
