import LMDB
import MailModel

/// What a session's cursor keeps from being reclaimed: RFC 2180 §3.2, §4.1.1.
package struct GhostHolding: Hashable, Sendable {
    /// Expunged messages that the session has not been told of; of a deleted mailbox, all it holds.
    package var messages = 0
    package var bytes: UInt64 = 0
    /// The first event that the session has not been told of; nil when it holds nothing.
    package var since: LogPosition?

    package init() {}
}

/// The ghosts of one mailbox in the order in which they were expunged, to ask of several cursors.
struct GhostLedger {
    private struct Entry {
        let expungedAt: LogPosition
        let bytes: UInt64
    }

    private var entries: [Entry] = []
    /// The mailbox itself is a ghost.
    private let deletedAt: LogPosition?
    private let living: (messages: Int, bytes: UInt64)

    /// Costs a look at each ghost of the mailbox.
    init(of mailbox: MailboxID, on reader: borrowing StoreReader) throws(StoreError) {
        let row = try reader.mailboxRow(mailbox)
        deletedAt = row?.deletedAt
        living = (Int(row?.exists ?? 0), row?.sizeBytes ?? 0)
        var entries: [Entry] = []
        try reader.scanGhosts(mailbox, in: 1...UInt32.max) { _, expungedAt, message in
            entries.append(Entry(expungedAt: expungedAt, bytes: message.sizeBytes))
            return true
        }
        self.entries = entries.sorted { $0.expungedAt < $1.expungedAt }
    }

    /// - Parameter cursor: expunges up to here have been told.
    func holding(of cursor: LogPosition) -> GhostHolding {
        var holding = GhostHolding()
        for entry in entries.reversed() {
            guard entry.expungedAt > cursor else { break }
            holding.messages += 1
            holding.bytes += entry.bytes
            holding.since = entry.expungedAt
        }
        guard let deletedAt else { return holding }
        holding.messages += living.messages
        holding.bytes += living.bytes
        holding.since = min(holding.since ?? deletedAt, deletedAt)
        return holding
    }
}

extension StoreReader {
    /// What views of a mailbox hold, by their `expunged` cursors.
    package borrowing func ghostHoldings(
        of mailbox: MailboxID, at cursors: [LogPosition]
    ) throws(StoreError) -> [GhostHolding] {
        guard let row = try mailboxRow(mailbox), row.deletedAt != nil || row.ghosts > 0,
            row.deletedAt != nil || cursors.contains(where: { $0 < row.lastExpunge })
        else { return cursors.map { _ in GhostHolding() } }
        let ledger = try GhostLedger(of: mailbox, on: self)
        return cursors.map { ledger.holding(of: $0) }
    }
}
