import LMDB
import MailEvents
import MailModel

/// Whoever can look rows up: `StoreReader` in a snapshot, `StoreState` in the writer's transaction.
///
/// Rows point into the map: valid for as long as the transaction, and in a write transaction only
/// until its next write. A row that cannot be read is an error that names it, never a trap.
package protocol StateReading: ~Copyable {
    /// The value of a key, in the table of its kind.
    borrowing func row(_ key: some RowKey) throws(StoreError) -> UnsafeRawBufferPointer?

    /// Walks the rows whose keys begin with a prefix.
    borrowing func rows(prefix: some RowKey) throws(StoreError) -> Scan

    /// Walks the rows between two keys of one kind, both included.
    borrowing func rows(
        from lower: some RowKey, through upper: some RowKey
    ) throws(StoreError) -> Scan

    /// A live mailbox or a ghost.
    borrowing func mailboxRow(_ mailbox: MailboxID) throws(StoreError) -> MailboxRow?

    borrowing func keywordTable(_ mailbox: MailboxID) throws(StoreError) -> KeywordTable
}

extension Scan {
    /// The next entry, a failure told as the store tells it.
    mutating func nextRow() throws(StoreError) -> Entry? {
        do throws(LMDBError) { return try next() } catch { throw .storage(error) }
    }
}

/// The row in these bytes, or an error that names it.
func decoded<Row>(_ row: Row?, _ what: @autoclosure () -> String) throws(StoreError) -> Row {
    guard let row else { throw .corrupt("the row of \(what()) cannot be read") }
    return row
}
