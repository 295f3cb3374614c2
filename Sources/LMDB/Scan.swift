import CLMDB

/// Walks a range of a database in key order, or backwards.
///
///     var scan = try transaction.scan(messages, prefix: mailbox)
///     while let entry = try scan.next() { … }
///
/// Must not be used after its transaction has ended. In a write transaction other writes may go on
/// between two steps, deleting the entry just seen included.
public struct Scan: ~Copyable {
    private let cursor: OpaquePointer
    private let database: Database
    private let writing: WritingState?
    private let range: KeyRange
    private let reversed: Bool
    private var progress = Progress.new

    private enum Progress { case new, under, done }

    init(
        _ transaction: OpaquePointer, _ database: Database, _ range: KeyRange, reversed: Bool,
        writing: WritingState?
    ) throws(LMDBError) {
        var cursor: OpaquePointer?
        let code = mdb_cursor_open(transaction, database.handle, &cursor)
        guard code == MDB_SUCCESS, let cursor else { throw LMDBError.reading(code, database) }
        self.cursor = cursor
        self.database = database
        self.writing = writing
        self.range = range
        self.reversed = reversed
    }

    deinit {
        // The end of a write transaction has already freed its cursors.
        guard writing?.hasEnded != true else { return }
        mdb_cursor_close(cursor)
    }

    /// The next entry of the range, or nil at its end.
    public mutating func next() throws(LMDBError) -> Entry? {
        guard let entry = try step(), isInRange(entry.key) else {
            progress = .done
            return nil
        }
        progress = .under
        return entry
    }

    private func isInRange(_ key: UnsafeRawBufferPointer) -> Bool {
        reversed ? range.isAboveLower(key) : range.isBelowUpper(key)
    }

    private func step() throws(LMDBError) -> Entry? {
        switch progress {
        case .done: nil
        case .under: try move(reversed ? MDB_PREV : MDB_NEXT)
        case .new: try reversed ? startFromUpper() : startFromLower()
        }
    }

    private func startFromLower() throws(LMDBError) -> Entry? {
        range.lower.isEmpty ? try move(MDB_FIRST) : try move(MDB_SET_RANGE, to: range.lower)
    }

    private func startFromUpper() throws(LMDBError) -> Entry? {
        let bound: [UInt8]
        switch range.upper {
        case .none: return try move(MDB_LAST)
        case .through(let upper), .before(let upper): bound = upper
        }
        guard let entry = try move(MDB_SET_RANGE, to: bound) else { return try move(MDB_LAST) }
        return range.isBelowUpper(entry.key) ? entry : try move(MDB_PREV)
    }

    private func move(_ step: MDB_cursor_op) throws(LMDBError) -> Entry? {
        var key = MDB_val()
        var value = MDB_val()
        return try entry(mdb_cursor_get(cursor, &key, &value, step), key, value)
    }

    private func move(_ step: MDB_cursor_op, to bound: [UInt8]) throws(LMDBError) -> Entry? {
        var key = MDB_val()
        var value = MDB_val()
        let code = bound.withUnsafeBytes { bytes in
            key = MDB_val(
                mv_size: bytes.count, mv_data: UnsafeMutableRawPointer(mutating: bytes.baseAddress))
            return mdb_cursor_get(cursor, &key, &value, step)
        }
        return try entry(code, key, value)
    }

    private func entry(_ code: Int32, _ key: MDB_val, _ value: MDB_val) throws(LMDBError) -> Entry?
    {
        if code == MDB_SUCCESS { return Entry(key, value) }
        guard code != MDB_NOTFOUND else { return nil }
        throw LMDBError.reading(code, database)
    }
}
