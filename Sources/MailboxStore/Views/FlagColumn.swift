import MailModel
import Synchronization

/// The system flags of one mailbox's live messages, a byte each: what answers SEARCH UNSEEN and the like
/// of a large mailbox without a look at its rows.
///
/// A cache of a fold over the log, made at the first such search and brought forward by each that comes
/// with a newer snapshot.
package final class FlagColumn: Sendable {
    private struct State {
        /// nil before the first scan.
        var position: LogPosition?
        /// Ascending; those of expunged messages stay until there are many.
        var uids: [UInt32] = []
        /// Beside `uids`: `SystemFlags`, or `gone`.
        var flags: [UInt8] = []
        var goneCount = 0
    }

    private let mailbox: MailboxID
    private let state = Mutex(State())

    /// Set in no row's flags.
    private static let gone: UInt8 = 0x80
    /// 5 bytes each; a larger mailbox is scanned.
    private static let mostMessages = 4 << 20

    package init(of mailbox: MailboxID) { self.mailbox = mailbox }

    /// Those of some live messages that have all the flags of `set` and none of `unset`.
    ///
    /// - Returns: nil when it cannot be told from here: the column stands later than the snapshot, one of
    ///   the messages is not live, or the mailbox is too large. Look at the rows then.
    package func messages(
        among candidates: UIDSet, set: SystemFlags, unset: SystemFlags,
        on reader: borrowing StoreReader
    ) throws(StoreError) -> UIDSet? {
        try state.withLock { (state) throws(StoreError) -> UIDSet? in
            guard try catchUp(&state, with: reader) else { return nil }
            return FlagColumn.select(
                candidates, in: state, mask: set.union(unset).rawValue | FlagColumn.gone,
                wanted: set.rawValue)
        }
    }

    /// - Parameter mask: the bits that matter; they are to be those of `wanted`.
    private static func select(
        _ candidates: UIDSet, in state: State, mask: UInt8, wanted: UInt8
    ) -> UIDSet? {
        var found = UIDSet()
        for range in candidates.ranges {
            var index = firstIndex(notBelow: range.lowerBound, in: state.uids)
            var live = 0
            var run: ClosedRange<UInt32>?
            while index < state.uids.count, state.uids[index] <= range.upperBound {
                let (uid, flags) = (state.uids[index], state.flags[index])
                index += 1
                if flags != gone { live += 1 }
                guard flags & mask == wanted else { continue }
                if let open = run, open.upperBound + 1 == uid {
                    run = open.lowerBound...uid
                } else {
                    if let run { found.insertLast(run) }
                    run = uid...uid
                }
            }
            if let run { found.insertLast(run) }
            guard live == range.count else { return nil }
        }
        return found
    }

    private static func firstIndex(notBelow uid: UInt32, in uids: [UInt32]) -> Int {
        var low = 0
        var high = uids.count
        while low < high {
            let middle = (low + high) / 2
            if uids[middle] < uid { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// Folding.
extension FlagColumn {
    /// - Returns: whether the column now stands at the head of the snapshot.
    private func catchUp(
        _ state: inout State, with reader: borrowing StoreReader
    ) throws(StoreError) -> Bool {
        guard let position = state.position, state.goneCount <= state.uids.count / 2 else {
            return try fill(&state, with: reader)
        }
        guard position < reader.head else { return position == reader.head }
        var touched: [ClosedRange<UInt32>] = []
        var gone: [ClosedRange<UInt32>] = []
        try reader.deltas(mailbox, after: position) { _, delta in
            touched += delta.appended.ranges + delta.flagged.ranges
            gone += delta.expunged.ranges
            return true
        }
        let expunged = UIDSet(gone)
        for uid in expunged { note(uid, FlagColumn.gone, in: &state) }
        for range in UIDSet(touched).subtracting(expunged).ranges {
            try reader.scanMessages(mailbox, in: range) { uid, row in
                note(uid, row.flags.rawValue, in: &state)
                return true
            }
        }
        state.position = reader.head
        return state.uids.count <= FlagColumn.mostMessages
    }

    private func fill(
        _ state: inout State, with reader: borrowing StoreReader
    ) throws(StoreError) -> Bool {
        guard let row = try reader.mailboxRow(mailbox), row.exists <= FlagColumn.mostMessages else {
            return false
        }
        state = State()
        try reader.scanMessages(mailbox, in: 1...UInt32.max) { uid, row in
            note(uid, row.flags.rawValue, in: &state)
            return true
        }
        state.position = reader.head
        return true
    }

    private func note(_ uid: UInt32, _ flags: UInt8, in state: inout State) {
        guard let last = state.uids.last, uid <= last else {
            guard flags != FlagColumn.gone else { return }
            state.uids.append(uid)
            state.flags.append(flags)
            return
        }
        let index = FlagColumn.firstIndex(notBelow: uid, in: state.uids)
        guard state.uids[index] == uid else { return }
        if flags == FlagColumn.gone, state.flags[index] != FlagColumn.gone { state.goneCount += 1 }
        state.flags[index] = flags
    }
}
