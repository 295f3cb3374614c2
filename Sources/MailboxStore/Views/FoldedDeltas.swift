import MailModel

/// What a stretch of the log did to one mailbox, as one step for somebody who shows `shown`.
struct FoldedDeltas {
    /// Appended and still there at the end of the stretch; all above what was shown.
    private(set) var arrivals = UIDSet()
    /// Everything expunged, shown or not.
    private(set) var gone = UIDSet()
    /// Whose flags were changed, shown or not.
    private(set) var flagged = UIDSet()
    private(set) var mailboxDeleted = false
    /// The last event of the stretch that touched the mailbox.
    private(set) var last: LogPosition?
    /// The first event that expunged something that is shown.
    private(set) var firstLoss: LogPosition?
    /// The last event before `firstLoss`.
    private(set) var lastBeforeLoss: LogPosition?

    /// - Parameter ignoring: events whose flag changes are not to be told.
    init(
        _ mailbox: MailboxID, after position: LogPosition, shown: SequenceMap,
        ignoring: Set<LogPosition> = [], in history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) {
        var appended: [ClosedRange<UInt32>] = []
        var expunged: [ClosedRange<UInt32>] = []
        var changed: [ClosedRange<UInt32>] = []
        try history.deltas(mailbox, after: position) { position, delta in
            appended += delta.appended.ranges
            expunged += delta.expunged.ranges
            if !ignoring.contains(position) { changed += delta.flagged.ranges }
            if delta.mailboxDeleted { mailboxDeleted = true }
            if firstLoss == nil, shown.containsAny(of: delta.expunged) { firstLoss = position }
            if firstLoss == nil { lastBeforeLoss = position }
            last = position
            return true
        }
        guard last != nil else { return }
        gone = UIDSet(expunged)
        flagged = UIDSet(changed)
        let allArrivals = UIDSet(appended)
        try FoldedDeltas.check(allArrivals, of: mailbox, above: shown.largestUID, in: history)
        arrivals = allArrivals.subtracting(gone)
    }

    /// Refuses what a damaged row could claim, before memory is taken for it.
    private static func check(
        _ arrivals: UIDSet, of mailbox: MailboxID, above largest: UInt32?,
        in history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) {
        guard let first = arrivals.first, let last = arrivals.last else { return }
        guard first > largest ?? 0 else {
            throw .corrupt("mailbox \(mailbox): UID \(first) arrived after UID \(largest ?? 0)")
        }
        guard let row = try history.mailboxRow(mailbox), UInt64(last) < row.uidNext else {
            throw .corrupt("mailbox \(mailbox): UID \(last) arrived, which is not below UIDNEXT")
        }
    }
}
