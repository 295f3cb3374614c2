import CLMDB

/// A transaction that one can read in: `ReadTransaction` or `WriteTransaction`.
///
/// Functions that only read take `borrowing some Readable & ~Copyable` and serve both.
public protocol Readable: ~Copyable {
    /// LMDB's own handle of the transaction.
    var handle: OpaquePointer { get }

    /// Tells the scans of a write transaction when it has ended; nil in a read transaction, where
    /// scans may be freed at any time.
    var writing: WritingState? { get }

    /// Where long walks ask for the pages they are coming to; nil where they need not.
    var regions: MapRegions? { get }
}

extension Readable where Self: ~Copyable {
    public var regions: MapRegions? { nil }
}

extension Readable where Self: ~Copyable {
    /// The value of a key, or nil. It points into the map: valid for as long as the transaction,
    /// and in a write transaction only until its next write.
    @inlinable
    public func get(
        _ database: Database, _ key: some KeyCodable
    ) throws(LMDBError) -> UnsafeRawBufferPointer? {
        var value = MDB_val()
        let code = key.withKey { key in mdb_get(handle, database.handle, &key, &value) }
        if code == MDB_SUCCESS {
            return UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)
        }
        guard code != MDB_NOTFOUND else { return nil }
        throw LMDBError.reading(code, database)
    }

    /// The entry with the least key.
    public func first(_ database: Database) throws(LMDBError) -> Entry? {
        var scan = try scan(database)
        return try scan.next()
    }

    /// The entry with the greatest key.
    public func last(_ database: Database) throws(LMDBError) -> Entry? {
        var scan = try scan(database, reversed: true)
        return try scan.next()
    }

    /// How many entries the database has. Costs nothing: LMDB keeps the number.
    public func count(_ database: Database) throws(LMDBError) -> Int {
        var status = MDB_stat()
        let code = mdb_stat(handle, database.handle, &status)
        guard code == MDB_SUCCESS else { throw LMDBError.reading(code, database) }
        return status.ms_entries
    }
}

extension LMDBError {
    @usableFromInline
    static func reading(_ code: Int32, _ database: Database) -> LMDBError {
        LMDBError(code: code, operation: "read", subject: database.name)
    }
}
