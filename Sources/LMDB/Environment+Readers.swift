import CLMDB

extension Environment {
    /// Frees the reader slots of processes that were killed: one of them would keep every page freed
    /// since from being used again. To be called at times, besides at open.
    ///
    /// - Returns: how many slots were freed.
    @discardableResult
    public func clearStaleReaders() throws(LMDBError) -> Int {
        var dead: Int32 = 0
        let code = mdb_reader_check(handle, &dead)
        guard code == MDB_SUCCESS else { throw error(code, "clear stale readers", path) }
        return Int(dead)
    }

    /// Makes pages free that are kept for nobody any more: those of killed readers, and of a
    /// checkpoint that a newer one can replace. For a map that is full.
    ///
    /// - Returns: whether there may be some.
    public func freePages() throws(LMDBError) -> Bool {
        let readers = try clearStaleReaders()
        return try journal?.checkpointNow() == true || readers > 0
    }

    /// Lets go, within a second or so, of what was kept for a checkpoint that commits of other processes
    /// have left behind. To be called now and then by whoever has a journal.
    public func followOthers() { journal?.followOthers() }

    /// How large the environment is.
    public func size() throws(LMDBError) -> EnvironmentSize {
        var information = MDB_envinfo()
        var pages = MDB_stat()
        var code = mdb_env_info(handle, &information)
        if code == MDB_SUCCESS { code = mdb_env_stat(handle, &pages) }
        guard code == MDB_SUCCESS else { throw error(code, "measure", path) }
        let lastPage = information.me_last_pgno
        return EnvironmentSize(
            mapBytes: information.me_mapsize,
            usedBytes: (lastPage &+ 1) &* Int(pages.ms_psize),
            readerSlots: Int(information.me_numreaders))
    }

    /// Bytes in pages that were freed and may be used again, once no reader sees them any more. Walks
    /// LMDB's list of them.
    public func freedBytes() throws(LMDBError) -> Int {
        let transaction = try beginRead()
        var pages = MDB_stat()
        let code = mdb_env_stat(handle, &pages)
        guard code == MDB_SUCCESS else { throw error(code, "measure", path) }
        // LMDB keeps the list as database 0: transaction → count ‖ page numbers, as machine words.
        var scan = try transaction.scan(Database(name: "freed pages", handle: 0))
        var count = 0
        while let entry = try scan.next() {
            guard entry.value.count >= MemoryLayout<Int>.size else { continue }
            count &+= max(0, entry.value.loadUnaligned(as: Int.self))
        }
        return count.multipliedReportingOverflow(by: Int(pages.ms_psize)).partialValue
    }
}

/// How large an environment is.
public struct EnvironmentSize: Hashable, Sendable {
    /// The most the data may grow to.
    public let mapBytes: Int
    /// The file's bytes that hold pages, free ones included.
    public let usedBytes: Int
    /// Reader slots that were ever in use at once.
    public let readerSlots: Int
}
