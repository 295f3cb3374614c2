import CLMDB

extension WriteTransaction {
    /// How `put` treats what is there.
    public enum PutMode: Sendable {
        /// Replaces the value of a key that exists.
        case replace
        /// The key is greater than every other: writes without searching, and fills pages wholly.
        /// - Throws: `LMDBError.Kind.outOfOrder` when it is not.
        case append

        @usableFromInline
        var flags: UInt32 { self == .append ? UInt32(MDB_APPEND) : 0 }
    }

    /// Sets the value of a key.
    @inlinable
    public func put(
        _ database: Database, _ key: some KeyCodable, _ value: UnsafeRawBufferPointer,
        mode: PutMode = .replace
    ) throws(LMDBError) {
        let code = putCode(database, key, value, mode.flags)
        guard code == MDB_SUCCESS else { throw writeError(code, "put", database) }
    }

    /// Sets the value of a key.
    @inlinable
    public func put(
        _ database: Database, _ key: some KeyCodable, _ value: [UInt8], mode: PutMode = .replace
    ) throws(LMDBError) {
        let code = value.withUnsafeBytes { putCode(database, key, $0, mode.flags) }
        guard code == MDB_SUCCESS else { throw writeError(code, "put", database) }
    }

    /// Sets the value of a key that is not there yet.
    ///
    /// - Returns: false, and changes nothing, when the key exists.
    @inlinable
    public func insert(
        _ database: Database, _ key: some KeyCodable, _ value: UnsafeRawBufferPointer
    ) throws(LMDBError) -> Bool {
        let code = putCode(database, key, value, UInt32(MDB_NOOVERWRITE))
        guard code != MDB_KEYEXIST else { return false }
        guard code == MDB_SUCCESS else { throw writeError(code, "put", database) }
        return true
    }

    /// Room for a value of a key, to be written in place before the transaction's next call.
    @inlinable
    public func reserve(
        _ database: Database, _ key: some KeyCodable, sizeBytes: Int, mode: PutMode = .replace
    ) throws(LMDBError) -> UnsafeMutableRawBufferPointer {
        var data = MDB_val(mv_size: sizeBytes, mv_data: nil)
        let flags = mode.flags | UInt32(MDB_RESERVE)
        state.recorder?.settle()
        let code = key.withKey { key in
            let code = mdb_put(handle, database.handle, &key, &data, flags)
            if code == MDB_SUCCESS { state.recorder?.putPromised(database, key, data) }
            return code
        }
        guard code == MDB_SUCCESS else { throw writeError(code, "put", database) }
        return UnsafeMutableRawBufferPointer(start: data.mv_data, count: data.mv_size)
    }

    /// Removes a key.
    ///
    /// - Returns: whether it was there.
    @discardableResult
    @inlinable
    public func delete(_ database: Database, _ key: some KeyCodable) throws(LMDBError) -> Bool {
        state.recorder?.settle()
        let code = key.withKey { key in
            let code = mdb_del(handle, database.handle, &key, nil)
            if code == MDB_SUCCESS { state.recorder?.delete(database, key) }
            return code
        }
        guard code != MDB_NOTFOUND else { return false }
        guard code == MDB_SUCCESS else { throw writeError(code, "delete", database) }
        return true
    }

    /// Removes every key that begins with `prefix`.
    ///
    /// - Returns: how many there were.
    @discardableResult
    public func deleteAll(
        _ database: Database, prefix: some KeyCodable
    ) throws(LMDBError) -> Int {
        var scan = try scan(database, prefix: prefix)
        var count = 0
        while let entry = try scan.next() {
            try delete(database, [UInt8](entry.key))
            count += 1
        }
        return count
    }

    /// Removes every entry of the database, which itself stays.
    public func clear(_ database: Database) throws(LMDBError) {
        state.recorder?.settle()
        let code = mdb_drop(handle, database.handle, 0)
        guard code == MDB_SUCCESS else { throw writeError(code, "clear", database) }
        state.recorder?.clear(database)
    }

    /// Makes bytes of a file beside the environment as durable as this transaction, in the journal;
    /// after a crash they are handed to `AttachedFiles.restore`.
    ///
    /// - Returns: false where there is no journal: the file must be flushed before the commit.
    public func attach(_ parts: [UnsafeRawBufferPointer]) -> Bool {
        guard environment.options.durability.isJournaled, let recorder = state.recorder else {
            return false
        }
        recorder.settle()
        recorder.attach(parts)
        return !recorder.isTooLarge
    }

    @inlinable
    func putCode(
        _ database: Database, _ key: some KeyCodable, _ value: UnsafeRawBufferPointer,
        _ flags: UInt32
    ) -> Int32 {
        var data = MDB_val(
            mv_size: value.count, mv_data: UnsafeMutableRawPointer(mutating: value.baseAddress))
        state.recorder?.settle()
        return key.withKey { key in
            let code = mdb_put(handle, database.handle, &key, &data, flags)
            if code == MDB_SUCCESS { state.recorder?.put(database, key, data) }
            return code
        }
    }

    @usableFromInline
    func writeError(_ code: Int32, _ operation: String, _ database: Database) -> LMDBError {
        environment.error(code, operation, database.name)
    }
}
