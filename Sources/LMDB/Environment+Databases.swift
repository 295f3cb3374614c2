import CLMDB

extension Environment {
    /// Opens databases by name, making those that are missing. Once, before others use the
    /// environment: LMDB wants no two threads to open databases at the same time.
    ///
    /// - Throws: `missingDatabase` when one is missing and the environment only reads.
    public func openDatabases(_ names: [String]) throws(LMDBError) -> [Database] {
        if options.isReadOnly {
            let transaction = try beginRead()
            return try open(names, in: transaction.handle, flags: 0)
        }
        let transaction = try beginWrite()
        let databases = try open(names, in: transaction.handle, flags: UInt32(MDB_CREATE))
        try transaction.commit()
        return databases
    }

    /// Opens one database by name, making it when missing; see `openDatabases`.
    public func openDatabase(_ name: String) throws(LMDBError) -> Database {
        let databases = try openDatabases([name])
        return databases[0]
    }

    private func open(
        _ names: [String], in transaction: OpaquePointer, flags: UInt32
    ) throws(LMDBError) -> [Database] {
        var databases: [Database] = []
        for name in names {
            var database: MDB_dbi = 0
            let code = mdb_dbi_open(transaction, name, flags, &database)
            guard code != MDB_NOTFOUND else {
                throw LMDBError(
                    .missingDatabase, operation: "open database", subject: name, code: code)
            }
            guard code == MDB_SUCCESS else { throw error(code, "open database", name) }
            databases.append(Database(name: name, handle: database))
        }
        return databases
    }
}
