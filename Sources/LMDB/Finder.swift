import CLMDB
import Glibc

/// Looks keys up that mostly follow one another: the entry behind the last one is tried first, and only
/// if it is another one is the tree searched from its root.
///
/// Must not be used after its transaction has ended. For read transactions.
public struct Finder: ~Copyable {
    private let cursor: OpaquePointer
    private let database: Database
    private var isPlaced = false
    private var readAhead: ReadAhead

    init(_ transaction: borrowing ReadTransaction, _ database: Database) throws(LMDBError) {
        var cursor: OpaquePointer?
        let code = mdb_cursor_open(transaction.handle, database.handle, &cursor)
        guard code == MDB_SUCCESS, let cursor else { throw LMDBError.reading(code, database) }
        self.cursor = cursor
        self.database = database
        readAhead = ReadAhead(transaction.regions)
    }

    deinit { mdb_cursor_close(cursor) }

    /// The value of a key, or nil; valid for as long as the transaction.
    public mutating func find(
        _ key: some KeyCodable
    ) throws(LMDBError) -> UnsafeRawBufferPointer? {
        var value = MDB_val()
        let code = key.withKey { wanted in
            if isPlaced, isNext(wanted, &value) {
                readAhead.meet(value)
                return MDB_SUCCESS
            }
            readAhead.leave()
            return mdb_cursor_get(cursor, &wanted, &value, MDB_SET)
        }
        isPlaced = code == MDB_SUCCESS
        if isPlaced { return UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size) }
        guard code != MDB_NOTFOUND else { return nil }
        throw LMDBError.reading(code, database)
    }

    private func isNext(_ wanted: MDB_val, _ value: inout MDB_val) -> Bool {
        var found = MDB_val()
        guard mdb_cursor_get(cursor, &found, &value, MDB_NEXT) == MDB_SUCCESS,
            found.mv_size == wanted.mv_size, let left = found.mv_data, let right = wanted.mv_data
        else { return false }
        return memcmp(left, right, found.mv_size) == 0
    }
}

extension ReadTransaction {
    public func finder(_ database: Database) throws(LMDBError) -> Finder {
        try Finder(self, database)
    }
}
