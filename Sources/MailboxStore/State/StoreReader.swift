import LMDB
import MailEvents
import MailModel

/// The store as of one commit: a short read transaction, never kept while a client is waited for.
package struct StoreReader: ~Copyable, StateReading {
    private let transaction: ReadTransaction
    private let tables: StoreTables
    /// The position that the projections have reached in this snapshot.
    package let head: LogPosition

    init(_ transaction: consuming ReadTransaction, tables: StoreTables) throws(StoreError) {
        self.tables = tables
        head = try tables.position(in: transaction)
        self.transaction = transaction
    }

    @inline(__always)
    package borrowing func row(
        _ key: some RowKey
    ) throws(StoreError) -> UnsafeRawBufferPointer? {
        do throws(LMDBError) { return try transaction.get(tables[key.kind], key) } catch {
            throw .storage(error)
        }
    }

    package borrowing func rows(prefix: some RowKey) throws(StoreError) -> Scan {
        do throws(LMDBError) {
            return try transaction.scan(tables[prefix.kind], prefix: prefix)
        } catch {
            throw .storage(error)
        }
    }

    package borrowing func rows(
        from lower: some RowKey, through upper: some RowKey
    ) throws(StoreError) -> Scan {
        do throws(LMDBError) {
            return try transaction.scan(tables[lower.kind], from: lower, through: upper)
        } catch {
            throw .storage(error)
        }
    }

    package borrowing func mailboxRow(_ mailbox: MailboxID) throws(StoreError) -> MailboxRow? {
        guard let bytes = try row(StateKey.mailbox(mailbox)) else { return nil }
        return try decoded(MailboxRow(bytes), "mailbox \(mailbox)")
    }

    package borrowing func keywordTable(_ mailbox: MailboxID) throws(StoreError) -> KeywordTable {
        guard let bytes = try row(StateKey.keywords(mailbox)) else { return KeywordTable() }
        return try decoded(KeywordTable(bytes), "the keywords of \(mailbox)")
    }

    /// For many summaries, one after another.
    package borrowing func summaries() throws(StoreError) -> SummaryFinder {
        do throws(LMDBError) {
            return SummaryFinder(try transaction.finder(tables[.summary]))
        } catch {
            throw .storage(error)
        }
    }

    package borrowing func bodyLocation(
        _ digest: BodyDigest
    ) throws(StoreError) -> BodyLocation? {
        let bytes = try storing { () throws(LMDBError) in
            try transaction.get(tables.bodies, BodyKey(digest))
        }
        guard let bytes else { return nil }
        return try decoded(BodyRow(bytes), "body \(digest)").location
    }
}
