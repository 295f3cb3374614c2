import LMDB
import MailModel

/// What `apply` writes with.
extension StoreState {
    /// Writes a row into the page where it stays.
    @inline(__always)
    borrowing func put(_ key: some RowKey, _ row: some StoredRow) throws(StoreError) {
        do throws(LMDBError) {
            row.fill(try transaction.reserve(tables[key.kind], key, sizeBytes: row.rowBytes))
        } catch {
            throw .storage(error)
        }
    }

    /// Writes a new row that mostly comes behind all others of its table, so that the pages there
    /// are filled one after another and none is split. Elsewhere it is put as any other.
    borrowing func putLast(_ key: some RowKey, _ row: some StoredRow) throws(StoreError) {
        do throws(LMDBError) {
            row.fill(
                try transaction.reserve(
                    tables[key.kind], key, sizeBytes: row.rowBytes, mode: .append))
        } catch {
            guard error.kind == .outOfOrder else { throw .storage(error) }
            try put(key, row)
        }
    }

    borrowing func delete(_ key: some RowKey) throws(StoreError) {
        do throws(LMDBError) { _ = try transaction.delete(tables[key.kind], key) } catch {
            throw .storage(error)
        }
    }

    borrowing func deleteAll(prefix: some RowKey) throws(StoreError) {
        do throws(LMDBError) {
            _ = try transaction.deleteAll(tables[prefix.kind], prefix: prefix)
        } catch {
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
        try putLast(
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
    package static let projectionVersion: UInt32 = 4
}
