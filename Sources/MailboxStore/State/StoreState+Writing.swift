import LMDB
import MailModel

/// What `apply` writes with.
extension StoreState {
    /// Writes a row into the page where it stays.
    @inline(__always)
    borrowing func put(_ key: some KeyCodable, _ row: some StoredRow) throws(StoreError) {
        do throws(LMDBError) {
            row.fill(try transaction.reserve(tables.state, key, sizeBytes: row.rowBytes))
        } catch {
            throw .storage(error)
        }
    }

    borrowing func delete(_ key: some KeyCodable) throws(StoreError) {
        do throws(LMDBError) { _ = try transaction.delete(tables.state, key) } catch {
            throw .storage(error)
        }
    }

    borrowing func deleteAll(prefix: some KeyCodable) throws(StoreError) {
        do throws(LMDBError) { _ = try transaction.deleteAll(tables.state, prefix: prefix) } catch {
            throw .storage(error)
        }
    }

    /// Changes a mailbox's row in memory. An event about a mailbox that has left the projections
    /// changes nothing.
    borrowing func update(
        _ mailbox: MailboxID, _ change: (inout MailboxRow) -> Void
    ) throws(StoreError) {
        try opened(mailbox).update(change)
    }

    /// Indexes what the event at `position` did to a mailbox and moves its HIGHESTMODSEQ there.
    borrowing func record(
        _ delta: MailboxDelta, of mailbox: MailboxID, at position: LogPosition
    ) throws(StoreError) {
        let opened = try opened(mailbox)
        guard let before = opened.row?.highestModSeq else { return }
        try put(
            DeltaKey(position: position, mailbox: mailbox), DeltaRow(previous: before, delta))
        opened.update { $0.highestModSeq = position }
        opened.hasNews = true
    }

    /// The bits of keywords in a mailbox's table, which grows by those that are new.
    borrowing func bits(
        of keywords: [Keyword], in mailbox: MailboxID
    ) throws(StoreError) -> KeywordBits {
        var bits = KeywordBits()
        guard !keywords.isEmpty else { return bits }
        var table = try keywordTable(mailbox)
        let before = table.keywords.count
        for index in table.indicesAdding(keywords) { bits.insert(index) }
        guard table.keywords.count > before else { return bits }
        let opened = try opened(mailbox)
        opened.keywords = table
        opened.areKeywordsChanged = true
        return bits
    }

    /// Writes what was kept in memory, and the position reached.
    borrowing func flush() throws(StoreError) {
        for mailbox in open.all {
            if mailbox.isChanged {
                if let row = mailbox.row {
                    try put(StateKey.mailbox(mailbox.id), row)
                } else {
                    try delete(StateKey.mailbox(mailbox.id))
                }
            }
            if mailbox.areKeywordsChanged, let table = mailbox.keywords {
                try put(StateKey.keywords(mailbox.id), table)
            }
        }
        open.removeAll()
        let reached = LogPosition(nextPosition.rawValue - 1)
        try put(StateKey.position, PositionRow(reached, version: StoreState.projectionVersion))
    }

    /// Raised whenever a projection's rows change; an older store is rebuilt.
    package static let projectionVersion: UInt32 = 2
}
