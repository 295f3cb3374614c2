import CLMDB

extension Environment {
    /// Opens databases by name, making those that are missing. Once, before others use the
    /// environment: LMDB wants no two threads to open databases at the same time.
    ///
    /// - Throws: `missingDatabase` when one is missing and the environment only reads.
    public func openDatabases(_ names: [String]) throws(LMDBError) -> [Database] {
        if options.isReadOnly {
            let transaction = try beginRead()
            var databases: [Database] = []
            for name in names {
                databases.append(try open(name, in: transaction.handle, flags: 0))
            }
            return databases
        }
        let transaction = try beginWrite()
        var databases: [Database] = []
        for name in names { databases.append(try transaction.openDatabase(name)) }
        try transaction.commit()
        return databases
    }

    /// Opens one database by name, making it when missing; see `openDatabases`.
    public func openDatabase(_ name: String) throws(LMDBError) -> Database {
        let databases = try openDatabases([name])
        return databases[0]
    }

    func open(
        _ name: String, in transaction: OpaquePointer, flags: UInt32
    ) throws(LMDBError) -> Database {
        var database: MDB_dbi = 0
        let code = mdb_dbi_open(transaction, name, flags, &database)
        guard code != MDB_NOTFOUND else {
            throw LMDBError(
                .missingDatabase, operation: "open database", subject: name, code: code)
        }
        guard code == MDB_SUCCESS else { throw error(code, "open database", name) }
        return Database(name: name, handle: database)
    }
}

extension WriteTransaction {
    /// Opens a database by name, making it when missing.
    func openDatabase(_ name: String) throws(LMDBError) -> Database {
        do throws(LMDBError) {
            return try environment.open(name, in: handle, flags: 0)
        } catch {
            guard error.kind == .missingDatabase else { throw error }
        }
        state.recorder?.settle()
        let database = try environment.open(name, in: handle, flags: UInt32(MDB_CREATE))
        state.recorder?.made(database)
        return database
    }
}
