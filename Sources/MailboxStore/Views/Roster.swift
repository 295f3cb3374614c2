import MailModel
import Synchronization

/// The newest sequence map of one mailbox, and the position at which it stands; shared by its views.
///
/// A cache of a fold over the log, so it is brought forward by whoever comes with a newer snapshot.
package final class Roster: Sendable {
    private struct State: Sendable {
        var map = SequenceMap()
        /// nil before the first scan.
        var position: LogPosition?
    }

    private let mailbox: MailboxID
    /// Guards the map, its position, and the unseen part of the map's storage.
    private let state = Mutex(State())
    private let newestCount = Atomic<Int>(0)
    /// The flags of the same messages.
    let flags: FlagColumn

    /// How many UIDs the newest map has; 4 bytes each.
    var uidCount: Int { newestCount.load(ordering: .relaxed) }

    package init(of mailbox: MailboxID) {
        self.mailbox = mailbox
        flags = FlagColumn(of: mailbox)
    }

    /// The messages that live at the head of `history`.
    ///
    /// The first call scans the live rows; later ones fold what happened since. Readers of several
    /// threads may have snapshots of different age, so the roster may already stand later than this
    /// one; it never goes back.
    ///
    /// - Returns: nil when the roster stands later than `history`: it then shows what that snapshot
    ///   does not have, and the caller must fold a map of its own.
    package func map(
        atHeadOf history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) -> SequenceMap? {
        try state.withLock { (state) throws(StoreError) -> SequenceMap? in
            try catchUp(&state, with: history)
            newestCount.store(state.map.count, ordering: .relaxed)
            return state.position == history.head ? state.map : nil
        }
    }

    private func catchUp(
        _ state: inout State, with history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) {
        guard let position = state.position else {
            state.map = try SequenceMap(living: mailbox, in: history)
            state.position = history.head
            return
        }
        guard position < history.head else { return }
        let news = try FoldedDeltas(mailbox, after: position, shown: state.map, in: history)
        state.map =
            state.map.containsAny(of: news.gone)
            ? state.map.removing(news.gone, appending: news.arrivals)
            : state.map.extending(news.arrivals)
        state.position = history.head
    }
}

extension SequenceMap {
    /// A map of its own: SELECT of a mailbox that nobody has open.
    ///
    /// Where nothing but the oldest mail was ever expunged, the counters say which UIDs live, and of the
    /// rows none is read, or the first: so a mailbox that the disk has yet to bring opens at once.
    /// Others are scanned.
    init(
        living mailbox: MailboxID, in history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) {
        if let uids = try SequenceMap.uidsWithoutGaps(of: mailbox, in: history) {
            self.init(ascending: uids)
        } else {
            try self.init(scanning: mailbox, in: history)
        }
    }

    /// - Returns: nil when messages in the midst were expunged, or all.
    private static func uidsWithoutGaps(
        of mailbox: MailboxID, in history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) -> ClosedRange<UInt32>? {
        guard let row = try history.mailboxRow(mailbox), row.exists > 0, row.uidNext > 1 else {
            return nil
        }
        let last = UInt32(clamping: row.uidNext - 1)
        if last == row.exists { return 1...last }
        guard let first = try history.firstLiveUID(mailbox), first <= last,
            UInt64(last) - UInt64(first) + 1 == UInt64(row.exists)
        else { return nil }
        return first...last
    }

    private init(
        scanning mailbox: MailboxID, in history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) {
        var uids: [UInt32] = []
        var ascending = true
        var last: UInt32 = 0
        try history.liveUIDs(mailbox) { uid in
            if uid <= last { ascending = false }
            last = uid
            uids.append(uid)
        }
        guard ascending else {
            throw .corrupt("the message rows of mailbox \(mailbox) are not in the order of UIDs")
        }
        self.init(ascending: uids)
    }
}
