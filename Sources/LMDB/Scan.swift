import CLMDB

/// Walks a range of a database in key order, or backwards.
///
///     var scan = try transaction.scan(messages, prefix: mailbox)
///     while let entry = try scan.next() { … }
///
/// Must not be used after its transaction has ended. In a write transaction other writes may go on
/// between two steps, deleting the entry just seen included.
public struct Scan: ~Copyable {
    @usableFromInline let cursor: OpaquePointer
    private let database: Database
    private let writing: WritingState?
    @usableFromInline let range: KeyRange
    @usableFromInline let reversed: Bool
    @usableFromInline var progress = Progress.new
    @usableFromInline var readAhead: ReadAhead

    @usableFromInline enum Progress { case new, under, done }

    init(
        _ transaction: OpaquePointer, _ database: Database, _ range: KeyRange, reversed: Bool,
        writing: WritingState?, readAhead: ReadAhead
    ) throws(LMDBError) {
        var cursor: OpaquePointer?
        let code = mdb_cursor_open(transaction, database.handle, &cursor)
        guard code == MDB_SUCCESS, let cursor else { throw LMDBError.reading(code, database) }
        self.cursor = cursor
        self.database = database
        self.writing = writing
        self.range = range
        self.reversed = reversed
        self.readAhead = readAhead
    }

    deinit {
        // The end of a write transaction has already freed its cursors.
        guard writing?.hasEnded != true else { return }
        mdb_cursor_close(cursor)
    }

    /// The next entry of the range, or nil at its end.
    ///
    /// Compiled into its caller: walks over whole mailboxes spend their time here.
    @inlinable @inline(__always)
    public mutating func next() throws(LMDBError) -> Entry? {
        guard progress == .under else { return try enter() }
        var key = MDB_val()
        var value = MDB_val()
        let code = mdb_cursor_get(cursor, &key, &value, reversed ? MDB_PREV : MDB_NEXT)
        guard code == MDB_SUCCESS else {
            progress = .done
            return try entry(code, key, value)
        }
        readAhead.meet(value)
        let entry = Entry(key, value)
        guard isInRange(entry.key) else {
            progress = .done
            return nil
        }
        return entry
    }

    /// The first entry; nil when there is none, and behind the last one.
    @usableFromInline
    mutating func enter() throws(LMDBError) -> Entry? {
        guard progress == .new else { return nil }
        progress = .done
        guard let entry = try reversed ? startFromUpper() : startFromLower(),
            isInRange(entry.key)
        else { return nil }
        progress = .under
        return entry
    }

    /// Room for a new value of the entry just seen, of the same length: it is written in place, without
    /// a search, before the transaction's next call. In a write transaction only.
    ///
    /// - Parameter entry: the entry just seen; what it points to is not valid any more.
    public func replace(_ entry: Entry) throws(LMDBError) -> UnsafeMutableRawBufferPointer {
        var key = MDB_val(
            mv_size: entry.key.count,
            mv_data: UnsafeMutableRawPointer(mutating: entry.key.baseAddress))
        var value = MDB_val(mv_size: entry.value.count, mv_data: nil)
        writing?.recorder?.settle()
        let code = mdb_cursor_put(cursor, &key, &value, UInt32(MDB_CURRENT | MDB_RESERVE))
        guard code == MDB_SUCCESS else {
            throw LMDBError(code: code, operation: "put", subject: database.name)
        }
        if let recorder = writing?.recorder {
            let code = mdb_cursor_get(cursor, &key, nil, MDB_GET_CURRENT)
            guard code == MDB_SUCCESS else { throw LMDBError.reading(code, database) }
            recorder.putPromised(database, key, value)
        }
        return UnsafeMutableRawBufferPointer(start: value.mv_data, count: value.mv_size)
    }

    @inlinable @inline(__always)
    func isInRange(_ key: UnsafeRawBufferPointer) -> Bool {
        reversed ? range.isAboveLower(key) : range.isBelowUpper(key)
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

    @usableFromInline
    func entry(_ code: Int32, _ key: MDB_val, _ value: MDB_val) throws(LMDBError) -> Entry? {
        if code == MDB_SUCCESS { return Entry(key, value) }
        guard code != MDB_NOTFOUND else { return nil }
        throw LMDBError.reading(code, database)
    }
}
