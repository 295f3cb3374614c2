import LMDB
import MailEvents
import MailModel
import MultiAccess

/// The state as the writer has it, inside its one write transaction: changes are decided on it and
/// events applied to it, in turn.
///
/// Mailbox rows and keyword tables are kept in memory until `flush` (`OpenMailboxes`), so that each
/// is read and written once a commit and not once a change.
package struct StoreState: ~Copyable, StateReading {
    let transaction: WriteTransaction
    let tables: StoreTables
    let facts: DecisionFacts
    let open = OpenMailboxes()
    /// The position that the next event gets.
    package internal(set) var nextPosition: LogPosition

    init(
        _ transaction: consuming WriteTransaction, tables: StoreTables, facts: DecisionFacts,
        nextPosition: LogPosition
    ) {
        self.transaction = transaction
        self.tables = tables
        self.facts = facts
        self.nextPosition = nextPosition
    }

    /// Gives the transaction back, to be committed; dropping it instead undoes everything.
    consuming func release() -> WriteTransaction { transaction }

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
        try opened(mailbox).row
    }

    package borrowing func keywordTable(_ mailbox: MailboxID) throws(StoreError) -> KeywordTable {
        let opened = try opened(mailbox)
        if let known = opened.keywords { return known }
        var table = KeywordTable()
        if let bytes = try row(StateKey.keywords(mailbox)) {
            table = try decoded(KeywordTable(bytes), "the keywords of \(mailbox)")
        }
        opened.keywords = table
        return table
    }
}

/// What deciding may know beside the store's own state; values, so that it stays pure.
package struct DecisionFacts: Sendable {
    /// UTC, nanoseconds.
    package let nowNanoseconds: Int64
    /// How many sessions have a mailbox open, one of them perhaps left out.
    package let viewers: @Sendable (MailboxID, SessionIdentity?) -> Int
    /// No session has a mailbox open or can open one: a tool that has the store to itself.
    package let nobodyCanLook: Bool

    package init(
        nowNanoseconds: Int64, viewers: @escaping @Sendable (MailboxID, SessionIdentity?) -> Int,
        nobodyCanLook: Bool = false
    ) {
        self.nowNanoseconds = nowNanoseconds
        self.viewers = viewers
        self.nobodyCanLook = nobodyCanLook
    }
}

extension StoreState {
    package borrowing func viewers(of mailbox: MailboxID, besides: SessionIdentity?) -> Int {
        facts.viewers(mailbox, besides)
    }

    /// The UIDVALIDITY of a mailbox made now: the time in seconds, but always more than any that
    /// the account has given before, so that none is ever used twice.
    package borrowing func uidValidity(after last: UInt32) -> UIDValidity {
        let seconds = UInt32(clamping: facts.nowNanoseconds / 1_000_000_000)
        let (following, overflow) = last.addingReportingOverflow(1)
        let value = Swift.max(seconds, overflow ? UInt32.max : following, 1)
        // Never 0, as the line above says.
        return UIDValidity(value) ?? UIDValidity.least
    }
}
