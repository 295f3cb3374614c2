import MailEvents
import MailModel

extension StoreState {
    borrowing func apply(
        _ event: MessagesExpunged, _ recorded: RecordedEvent
    ) throws(StoreError) {
        var delta = MailboxDelta()
        delta.expunged = try leave(event.uids, event.mailbox, at: recorded.position)
        try record(delta, of: event.mailbox, at: recorded.position)
    }

    /// Turns live messages into ghosts: RFC 2180 §4.1.1.
    ///
    /// - Returns: those that were live.
    borrowing func leave(
        _ uids: UIDSet, _ mailbox: MailboxID, at position: LogPosition
    ) throws(StoreError) -> UIDSet {
        var left = UIDSet()
        for uid in uids {
            guard let bytes = try row(MessageKey.live(mailbox, uid)) else { continue }
            let view = try decoded(MessageRowView(bytes), "\(mailbox) UID \(uid)")
            let (flags, size) = (view.flags, view.sizeBytes)
            let ghost = GhostRow(expungedAt: position, message: Array(bytes))
            try delete(MessageKey.live(mailbox, uid))
            try put(MessageKey.ghost(mailbox, uid), ghost)
            try update(mailbox) {
                $0.uncount(flags, size)
                $0.ghosts &+= 1
                $0.lastExpunge = position
            }
            left.insertLast(uid...uid)
        }
        return left
    }
}
