import MailEvents
import MailModel

extension StoreState {
    /// Rows leave the projections; what the log and the segments hold stays. No view can tell.
    borrowing func apply(
        _ event: GhostsReclaimed, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard let mailbox = try mailboxRow(event.mailbox) else { return }
        for uid in event.uids { try forget(uid, of: event.mailbox) }
        if mailbox.deletedAt != nil { try freeName(of: mailbox, id: event.mailbox) }
        guard event.wholeMailbox else { return }
        for position in try deltaPositions(event.mailbox) {
            try delete(DeltaKey(position: position, mailbox: event.mailbox))
        }
        try delete(StateKey.keywords(event.mailbox))
        let gone = OpenMailbox(event.mailbox, nil)
        gone.isChanged = true
        gone.hasNews = try opened(event.mailbox).hasNews
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
