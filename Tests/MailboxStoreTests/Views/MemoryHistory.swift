import MailModel
import MailboxStore
import Synchronization

/// A log of mailboxes in memory, of which snapshots of any age can be had.
final class MemoryHistory: Sendable {
    private struct State {
        var deltas: [(mailbox: MailboxID, delta: MailboxDelta)] = []
        var uidNext: [MailboxID: UInt64] = [:]
        var recentFrom: [MailboxID: UInt64] = [:]
    }

    private let state = Mutex(State())

    var head: LogPosition { state.withLock { LogPosition(UInt64($0.deltas.count)) } }

    /// The mailbox as of the head, or of an earlier position.
    func snapshot(at position: LogPosition? = nil) -> Snapshot {
        Snapshot(history: self, head: position ?? head)
    }

    @discardableResult
    func append(_ count: UInt32, to mailbox: MailboxID) -> UIDSet {
        state.withLock { state in
            let first = UInt32(state.uidNext[mailbox] ?? 1)
            state.uidNext[mailbox] = UInt64(first + count)
            var delta = MailboxDelta()
            delta.appended = UIDSet(first...(first + count - 1))
            state.deltas.append((mailbox, delta))
            return delta.appended
        }
    }

    @discardableResult
    func expunge(_ uids: UIDSet, in mailbox: MailboxID) -> LogPosition {
        record(mailbox) { $0.expunged = uids }
    }

    @discardableResult
    func flag(_ uids: UIDSet, in mailbox: MailboxID) -> LogPosition {
        record(mailbox) { $0.flagged = uids }
    }

    @discardableResult
    func record(_ mailbox: MailboxID, _ change: (inout MailboxDelta) -> Void) -> LogPosition {
        state.withLock { state in
            var delta = MailboxDelta()
            change(&delta)
            state.deltas.append((mailbox, delta))
            return LogPosition(UInt64(state.deltas.count))
        }
    }

    func claimRecent(_ mailbox: MailboxID, through uid: UInt32) {
        state.withLock { $0.recentFrom[mailbox] = UInt64(uid) + 1 }
    }

    /// A mailbox with messages 1...count, at the head.
    static func filled(_ mailbox: MailboxID, _ count: UInt32) -> MemoryHistory {
        let history = MemoryHistory()
        if count > 0 { history.append(count, to: mailbox) }
        return history
    }

    struct Snapshot: MailboxHistory, ~Copyable {
        let history: MemoryHistory
        let head: LogPosition

        func deltas(
            _ mailbox: MailboxID, after position: LogPosition,
            _ visit: (LogPosition, MailboxDelta) -> Bool
        ) throws(StoreError) {
            let deltas = history.state.withLock { $0.deltas }
            var place = Int(position.rawValue)
            while place < Int(head.rawValue) {
                let entry = deltas[place]
                place += 1
                guard
                    entry.mailbox != mailbox || entry.delta.isEmpty
                        || visit(LogPosition(UInt64(place)), entry.delta)
                else { return }
            }
        }

        func liveUIDs(_ mailbox: MailboxID, _ visit: (UInt32) -> Void) throws(StoreError) {
            for uid in live(mailbox) { visit(uid) }
        }

        func firstLiveUID(_ mailbox: MailboxID) throws(StoreError) -> UInt32? {
            live(mailbox).first
        }

        func live(_ mailbox: MailboxID) -> UIDSet {
            var live = UIDSet()
            for entry in history.state.withLock({ $0.deltas }).prefix(Int(head.rawValue))
            where entry.mailbox == mailbox {
                live = live.union(entry.delta.appended).subtracting(entry.delta.expunged)
            }
            return live
        }

        /// The event that expunged the first of these messages to go.
        func firstExpunge(of uids: UIDSet, in mailbox: MailboxID) -> LogPosition? {
            let deltas = history.state.withLock { $0.deltas }.prefix(Int(head.rawValue))
            let place = deltas.firstIndex {
                $0.mailbox == mailbox && !$0.delta.expunged.intersection(uids).isEmpty
            }
            return place.map { LogPosition(UInt64($0) + 1) }
        }

        func mailboxRow(_ mailbox: MailboxID) throws(StoreError) -> MailboxRow? {
            guard let validity = UIDValidity(1) else { return nil }
            var row = MailboxRow(
                account: AccountID(1), name: MailboxName(unchecked: "INBOX"), uidValidity: validity,
                created: .start, specialUses: [])
            let state = history.state.withLock { $0 }
            row.uidNext = state.uidNext[mailbox] ?? 1
            row.recentFrom = state.recentFrom[mailbox] ?? 1
            let deltas = state.deltas.prefix(Int(head.rawValue))
            for (place, entry) in deltas.enumerated() where entry.mailbox == mailbox {
                let position = LogPosition(UInt64(place) + 1)
                row.highestModSeq = position
                if entry.delta.mailboxDeleted { row.deletedAt = position }
                guard !entry.delta.expunged.isEmpty else { continue }
                row.lastExpunge = position
                row.ghosts += UInt32(entry.delta.expunged.count)
            }
            row.exists = UInt32(live(mailbox).count)
            return row
        }
    }
}

let inbox = MailboxID(7)
let archive = MailboxID(8)

func session(_ id: UInt64) -> SessionIdentity { SessionIdentity(id: id, user: "user\(id)") }

extension MailboxHub {
    /// A view at the head of a snapshot.
    func open(
        _ history: MemoryHistory, _ mailbox: MailboxID = inbox, by id: UInt64 = 1,
        readOnly: Bool = false, at position: LogPosition? = nil
    ) throws -> MailboxView {
        let registration = register(mailbox, owner: session(id), readOnly: readOnly)
        guard let view = try MailboxView(registration, on: history.snapshot(at: position)) else {
            throw StoreError.corrupt("no mailbox")
        }
        return view
    }
}

extension MailboxView {
    var uids: [UInt32] { Array(uids(in: UIDSet(1...UInt32.max))) }

    /// Advances to the head of the history, checking the view's invariants.
    func advance(
        _ extent: Extent, _ history: MemoryHistory, at position: LogPosition? = nil
    ) throws -> ViewUpdates {
        let updates = try advance(extent, on: history.snapshot(at: position))
        checkInvariants()
        return updates
    }
}
