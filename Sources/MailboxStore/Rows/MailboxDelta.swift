import MailModel

/// What one event did to one mailbox: the per-mailbox index of the log, which a cursor drains.
///
/// Small enough that a view advances without decoding the events themselves.
package struct MailboxDelta: Hashable, Sendable {
    package var appended = UIDSet()
    package var expunged = UIDSet()
    package var flagged = UIDSet()
    package var mailboxDeleted = false
    package var mailboxRenamed = false

    package init() {}

    package var isEmpty: Bool { self == MailboxDelta() }

    /// - Returns: nil when the bytes are no delta.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var row = RowReader(bytes)
        while row.remaining > 0 {
            guard let rawKind: UInt8 = row.next(), let kind = Kind(rawValue: rawKind),
                let set = MailboxDelta.readSet(&row)
            else { return nil }
            switch kind {
            case .appended: appended = set
            case .expunged: expunged = set
            case .flagged: flagged = set
            case .mailboxDeleted: mailboxDeleted = true
            case .mailboxRenamed: mailboxRenamed = true
            }
        }
    }

    /// How many bytes `fill` puts.
    var rowBytes: Int {
        var bytes = 0
        if !appended.isEmpty { bytes += MailboxDelta.partBytes(of: appended) }
        if !expunged.isEmpty { bytes += MailboxDelta.partBytes(of: expunged) }
        if !flagged.isEmpty { bytes += MailboxDelta.partBytes(of: flagged) }
        if mailboxDeleted { bytes += MailboxDelta.partBytes(of: UIDSet()) }
        if mailboxRenamed { bytes += MailboxDelta.partBytes(of: UIDSet()) }
        return bytes
    }

    func fill(_ row: inout RowWriter) {
        if !appended.isEmpty { write(.appended, appended, to: &row) }
        if !expunged.isEmpty { write(.expunged, expunged, to: &row) }
        if !flagged.isEmpty { write(.flagged, flagged, to: &row) }
        if mailboxDeleted { write(.mailboxDeleted, UIDSet(), to: &row) }
        if mailboxRenamed { write(.mailboxRenamed, UIDSet(), to: &row) }
    }

    private static func partBytes(of set: UIDSet) -> Int { 5 + 8 * set.ranges.count }

    private enum Kind: UInt8 {
        case appended = 1
        case expunged = 2
        case flagged = 3
        case mailboxDeleted = 4
        case mailboxRenamed = 5
    }

    private func write(_ kind: Kind, _ set: UIDSet, to row: inout RowWriter) {
        row.put(kind.rawValue)
        row.put(UInt32(set.ranges.count))
        for range in set.ranges {
            row.put(range.lowerBound)
            row.put(range.upperBound)
        }
    }

    private static func readSet(_ row: inout RowReader) -> UIDSet? {
        guard let count: UInt32 = row.next(), row.remaining / 8 >= Int(count) else { return nil }
        var set = UIDSet()
        for _ in 0..<count {
            guard let lower: UInt32 = row.next(), let upper: UInt32 = row.next(), lower <= upper,
                lower > set.last ?? 0
            else { return nil }
            set.insertLast(lower...upper)
        }
        return set
    }
}
