import MailEvents
import MailModel

extension StoreState {
    borrowing func apply(
        _ event: FlagsChanged, _ recorded: RecordedEvent
    ) throws(StoreError) {
        if event.operation != .remove {
            _ = try bits(of: event.flags.keywords, in: event.mailbox)
        }
        let edit = FlagEdit(
            operation: event.operation, flags: event.flags,
            table: try keywordTable(event.mailbox))
        let mailbox = try opened(event.mailbox)
        var delta = MailboxDelta()
        for uid in event.uids {
            guard let bytes = try row(MessageKey.live(event.mailbox, uid)) else { continue }
            var message = try decoded(MessageRow(bytes), "\(event.mailbox) UID \(uid)")
            let old = message.flags
            edit.apply(to: &message)
            message.modSeq = recorded.position
            let new = message.flags
            try put(MessageKey.live(event.mailbox, uid), message)
            mailbox.update { $0.recount(old, new) }
            delta.flagged.insertLast(uid...uid)
        }
        try record(delta, of: event.mailbox, at: recorded.position)
    }
}
