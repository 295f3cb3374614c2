import LMDB
import MailModel

/// Messages, live and expunged, and what the log's events did to their mailbox.
extension StateReading where Self: ~Copyable {
    /// A message's row, live or ghost, for `MessageRowView`.
    @inline(__always)
    package borrowing func messageBytes(
        _ mailbox: MailboxID, _ uid: UInt32
    ) throws(StoreError) -> UnsafeRawBufferPointer? {
        if let live = try row(MessageKey.live(mailbox, uid)) { return live }
        guard let ghost = try row(MessageKey.ghost(mailbox, uid)) else { return nil }
        guard ghost.count >= GhostRow.prefixBytes else {
            throw .corrupt("the ghost row of \(mailbox) UID \(uid) is too short")
        }
        return UnsafeRawBufferPointer(rebasing: ghost[GhostRow.prefixBytes...])
    }

    /// A message, live or ghost.
    package borrowing func message(
        _ mailbox: MailboxID, _ uid: UID
    ) throws(StoreError) -> MessageRow? {
        guard let bytes = try messageBytes(mailbox, uid.rawValue) else { return nil }
        return try decoded(MessageRow(bytes), "\(mailbox) UID \(uid.rawValue)")
    }

    package borrowing func isGhost(_ mailbox: MailboxID, _ uid: UInt32) throws(StoreError) -> Bool {
        try row(MessageKey.ghost(mailbox, uid)) != nil
    }

    /// The live messages with these UIDs, to be walked over.
    package borrowing func liveMessages(
        _ mailbox: MailboxID, in range: ClosedRange<UInt32>
    ) throws(StoreError) -> MessageScan {
        guard range.count > 1 else {
            let row = try row(MessageKey.live(mailbox, range.lowerBound))
            return MessageScan(of: mailbox, alone: row.map { (range.lowerBound, $0) })
        }
        return MessageScan(
            of: mailbox,
            over: try rows(
                from: MessageKey.live(mailbox, range.lowerBound),
                through: MessageKey.live(mailbox, range.upperBound)))
    }

    /// Walks live messages by ascending UID until `visit` says false.
    package borrowing func scanMessages(
        _ mailbox: MailboxID, in range: ClosedRange<UInt32>,
        _ visit: (UInt32, MessageRowView) -> Bool
    ) throws(StoreError) {
        var messages = try liveMessages(mailbox, in: range)
        while let (uid, row) = try messages.next() {
            guard visit(uid, row) else { return }
        }
    }

    /// Walks expunged messages that are still kept, by ascending UID, until `visit` says false.
    package borrowing func scanGhosts(
        _ mailbox: MailboxID, in range: ClosedRange<UInt32>,
        _ visit: (UInt32, LogPosition, MessageRowView) -> Bool
    ) throws(StoreError) {
        var scan = try rows(
            from: MessageKey.ghost(mailbox, range.lowerBound),
            through: MessageKey.ghost(mailbox, range.upperBound))
        while let entry = try scan.nextRow() {
            let uid = try decoded(MessageKey.uid(in: entry.key), "a ghost key of \(mailbox)")
            var reader = RowReader(entry.value)
            let expungedAt = try decoded(reader.next(UInt64.self), "ghost \(mailbox) UID \(uid)")
            let view = try decoded(MessageRowView(reader.rest()), "ghost \(mailbox) UID \(uid)")
            guard visit(uid, LogPosition(expungedAt), view) else { return }
        }
    }

    /// The UIDs of the live messages, or of those among `wanted`.
    package borrowing func liveUIDs(
        of mailbox: MailboxID, among wanted: UIDSet = UIDSet(1...UInt32.max)
    ) throws(StoreError) -> UIDSet {
        var result = UIDSet()
        for range in wanted.ranges {
            try scanMessages(mailbox, in: range) { uid, _ in
                result.insertLast(uid...uid)
                return true
            }
        }
        return result
    }

    /// The UIDs among `wanted` of messages that are live or ghosts.
    package borrowing func readableUIDs(
        of mailbox: MailboxID, among wanted: UIDSet
    ) throws(StoreError) -> UIDSet {
        var ghosts = UIDSet()
        if let row = try mailboxRow(mailbox), row.ghosts > 0 {
            for range in wanted.ranges {
                try scanGhosts(mailbox, in: range) { uid, _, _ in
                    ghosts.insertLast(uid...uid)
                    return true
                }
            }
        }
        let live = try liveUIDs(of: mailbox, among: wanted)
        return ghosts.isEmpty ? live : live.union(ghosts)
    }

    /// What the copies of a message share. Valid only within the transaction.
    package borrowing func summary(_ email: EmailID) throws(StoreError) -> SummaryRow? {
        guard let bytes = try row(EmailKey.summary(email)) else { return nil }
        return try decoded(SummaryRow(bytes), "the summary of \(email)")
    }
}
