import MailEvents
import MailModel

extension StoreState {
    /// Rows leave the projections; what the log and the segments hold stays. No view can tell.
    borrowing func apply(
        _ event: GhostsReclaimed, _ recorded: RecordedEvent
    ) throws(StoreError) {
        try forget(event.uids, of: event.mailbox, whole: event.wholeMailbox)
    }

    /// The same, of what views may have shown: they find it gone (RFC 2180 §5).
    borrowing func apply(
        _ event: GhostsRevoked, _ recorded: RecordedEvent
    ) throws(StoreError) {
        try forget(event.uids, of: event.mailbox, whole: event.wholeMailbox)
    }

    private borrowing func forget(
        _ uids: UIDSet, of mailbox: MailboxID, whole: Bool
    ) throws(StoreError) {
        guard let row = try mailboxRow(mailbox) else { return }
        for uid in uids { try forget(uid, of: mailbox) }
        guard whole else { return }
        // Not with its messages: somebody may have the mailbox open, and its name is theirs.
        try freeName(of: row, id: mailbox)
        for position in try deltaPositions(mailbox) {
            try delete(DeltaKey(position: position, mailbox: mailbox))
        }
        try delete(StateKey.keywords(mailbox))
        try delete(PolicyKey(.mailbox(mailbox)))
        let gone = OpenMailbox(mailbox, nil)
        gone.isChanged = true
        gone.hasNews = try opened(mailbox).hasNews
        open.add(gone)
    }

    /// The name is another mailbox's to take, unless one has it already.
    private borrowing func freeName(of row: MailboxRow, id: MailboxID) throws(StoreError) {
        guard let holder = try name(row.name, in: row.account), holder.mailbox == id else { return }
        try delete(NameKey.mailbox(row.account, row.name))
    }

    private borrowing func forget(_ uid: UInt32, of mailbox: MailboxID) throws(StoreError) {
        guard let bytes = try messageBytes(mailbox, uid) else { return }
        let view = try decoded(MessageRowView(bytes), "\(mailbox) UID \(uid)")
        let (email, flags, size) = (view.emailID, view.flags, view.sizeBytes)
        if try isGhost(mailbox, uid) {
            try delete(MessageKey.ghost(mailbox, uid))
            try update(mailbox) { $0.ghosts = $0.ghosts == 0 ? 0 : $0.ghosts - 1 }
        } else {
            try delete(MessageKey.live(mailbox, uid))
            try update(mailbox) { $0.uncount(flags, size) }
        }
        try unshare(email)
    }
}
