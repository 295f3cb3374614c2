import LMDB
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
        var delta = MailboxDelta()
        for range in event.uids.ranges {
            var next = range.lowerBound
            while try change(next...range.upperBound, event.mailbox, edit, recorded, &delta) {
                guard let last = delta.flagged.last, last < range.upperBound else { break }
                next = last + 1
            }
        }
        try record(delta, of: event.mailbox, at: recorded.position)
    }

    /// Changes the flags of the live messages in a range, row by row in their place.
    ///
    /// - Returns: whether it stopped behind a row whose length has changed, so that what follows may
    ///   have moved: go on behind the last message that was flagged.
    private borrowing func change(
        _ range: ClosedRange<UInt32>, _ mailbox: MailboxID, _ edit: FlagEdit,
        _ recorded: RecordedEvent, _ delta: inout MailboxDelta
    ) throws(StoreError) -> Bool {
        let opened = try opened(mailbox)
        var rows = try rows(
            from: MessageKey.live(mailbox, range.lowerBound),
            through: MessageKey.live(mailbox, range.upperBound))
        while let entry = try rows.nextRow() {
            let uid = try decoded(MessageKey.uid(in: entry.key), "a message key of \(mailbox)")
            var message = try decoded(MessageRow(entry.value), "\(mailbox) UID \(uid)")
            let old = message.flags
            edit.apply(to: &message)
            message.modSeq = recorded.position
            opened.update { $0.recount(old, message.flags) }
            delta.flagged.insertLast(uid...uid)
            guard message.rowBytes == entry.value.count else {
                try put(MessageKey.live(mailbox, uid), message)
                return true
            }
            message.fill(try storing { () throws(LMDBError) in try rows.replace(entry) })
        }
        return false
    }
}
