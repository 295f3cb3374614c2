import MailModel

/// Messages with `\Deleted`: what EXPUNGE takes.
extension StateReading where Self: ~Copyable {
    /// The live messages that have `\Deleted`, or those of `wanted` that do.
    ///
    /// The mailbox's row says how many there are. Mostly they got the flag lately, so the newest events
    /// are asked which messages they touched; only where these do not name them all within a fraction
    /// of the time that a look at each row takes, each row is looked at.
    borrowing func deletedUIDs(
        of mailbox: MailboxID, _ row: MailboxRow, among wanted: UIDSet? = nil
    ) throws(StoreError) -> UIDSet {
        guard row.deleted > 0 else { return UIDSet() }
        let isFew = wanted.map { $0.count < Int(row.exists) / 8 } ?? false
        if !isFew, let found = try lateDeletedUIDs(of: mailbox, row) {
            return wanted.map { found.intersection($0) } ?? found
        }
        var found = UIDSet()
        var left = Int(row.deleted)
        for range in wanted?.ranges ?? [1...UInt32.max] where left > 0 {
            try scanMessages(mailbox, in: range) { uid, message in
                guard message.flags.contains(.deleted) else { return true }
                found.insertLast(uid...uid)
                left -= 1
                return left > 0
            }
        }
        return found
    }

    /// All of them, if the newest events name them.
    private borrowing func lateDeletedUIDs(
        of mailbox: MailboxID, _ row: MailboxRow
    ) throws(StoreError) -> UIDSet? {
        /// In rows walked over; finding a row or a delta takes as long as walking over some.
        var budget = Int(row.exists) / 8
        let search = 16
        var found = Set<UInt32>()
        try deltasBackwards(mailbox) { (delta) throws(StoreError) -> Bool in
            budget -= search
            for range in delta.flagged.ranges + delta.appended.ranges {
                budget -= search + range.count
                guard budget > 0 else { return false }
                try scanMessages(mailbox, in: range) { uid, message in
                    if message.flags.contains(.deleted) { found.insert(uid) }
                    return true
                }
            }
            return found.count < Int(row.deleted) && budget > 0
        }
        guard found.count == Int(row.deleted) else { return nil }
        return UIDSet(found.map { $0...$0 })
    }
}
