import CLMDB
import CLinux
import Dispatch
import Glibc
import Synchronization

extension CommitJournal {
    /// A state that is to become a checkpoint, pinned.
    struct Captured: Sendable {
        let pin: Pointer
        let meta: MetaPage
        let offset: Int
    }

    /// Pages written since the last checkpoint cannot be used again before the next one, and the
    /// file grows by them: the larger it is, the more it may.
    var wantsCheckpoint: Bool {
        var information = MDB_envinfo()
        mdb_env_info(environment.raw, &information)
        let bounds = sizes.pagesBetweenCheckpoints
        let share = min(max(information.me_last_pgno / 8, bounds.lowerBound), bounds.upperBound)
        // In a small map they must not be what fills it.
        let limit = min(share, information.me_mapsize / 4096 / 16)
        return state.withLock { state in
            !state.isMakingCheckpoint
                && (state.writtenPages > limit || state.ring.usedBytes > sizes.greatestCapacity / 2)
        }
    }

    /// Pins the newest state; with the writer lock held.
    ///
    /// - Parameter expected: the transaction that made it, where it is known.
    func capture(_ expected: UInt64?) throws(LMDBError) -> Captured {
        var reader: OpaquePointer?
        let code = mdb_txn_begin(environment.raw, nil, UInt32(MDB_RDONLY), &reader)
        guard code == MDB_SUCCESS, let reader else {
            throw LMDBError(code: code, operation: "begin a checkpoint", subject: file.path)
        }
        let transaction = UInt64(mdb_txn_id(reader))
        var pages = MDB_stat()
        mdb_env_stat(environment.raw, &pages)
        guard expected == nil || transaction == expected,
            let meta = MetaPage.of(
                transaction, in: dataFile, pageBytes: Int(pages.ms_psize))
        else {
            mdb_txn_abort(reader)
            throw LMDBError(.corrupted, operation: "begin a checkpoint", subject: file.path)
        }
        return state.withLock { state in
            state.isMakingCheckpoint = true
            state.writtenPages = 0
            return Captured(pin: Pointer(raw: reader), meta: meta, offset: state.ring.tail)
        }
    }

    /// A failure shows in the next commit.
    func completeLater(_ captured: Captured) {
        queue.async { [self] in try? complete(captured) }
    }

    /// Brings a captured state to the disk and makes it the checkpoint.
    func complete(_ captured: Captured) throws(LMDBError) {
        do throws(LMDBError) {
            try flushData()
            try flushFiles()
            let newest = try store(captured)
            adopt(captured, isNewest: newest == captured.meta.transaction)
        } catch {
            adopt(captured, isNewest: false)
            throw fail(error)
        }
    }

    func flushFiles() throws(LMDBError) {
        do { try files.synchronize() } catch {
            throw LMDBError(.other, operation: "flush files: \(error)", subject: file.path)
        }
    }

    /// Little by little: one great flush would hold up the journal's writes to the same disk for as
    /// long as it takes. Only the last step makes anything durable.
    private func flushData() throws(LMDBError) {
        var status = stat()
        let size = fstat(dataFile, &status) == 0 ? Int(status.st_size) : 0
        for start in stride(from: 0, to: size, by: max(sizes.flushBytes, size / 4096)) {
            startWriting(dataFile, from: start, bytes: max(sizes.flushBytes, size / 4096))
        }
        guard fdatasync(dataFile) == 0 else {
            throw LMDBError(code: errno, operation: "flush", subject: file.path)
        }
    }

    /// Writes what is dirty of a part of a file, and waits for it. A failure shows in fdatasync(2).
    private func startWriting(_ file: Int32, from start: Int, bytes: Int) {
        _ = sync_file_range(file, start, bytes, 7)
    }

    private func store(_ captured: Captured) throws(LMDBError) -> UInt64? {
        let own = Checkpoint(
            sequence: 0, generation: state.withLock { $0.generation },
            offset: UInt64(captured.offset), meta: captured.meta)
        return try checkpoints.store { newest in
            guard let newest else { return own }
            if newest.transaction > own.transaction { return nil }
            guard writesRecords else {
                // Whose journal it is says from where on it counts.
                var next = own
                next.generation = newest.generation
                next.offset = newest.offset
                return next
            }
            return own
        }?.transaction
    }

    /// The new pin takes the place of the old one. Where another process has made a later
    /// checkpoint, the old one stays: it is the older state.
    private func adopt(_ captured: Captured, isNewest: Bool) {
        let unused = state.withLock { state in
            state.isMakingCheckpoint = false
            guard isNewest else { return Optional(captured.pin) }
            state.ring.release(to: captured.offset)
            if (state.covered ?? 0) < captured.meta.transaction {
                state.covered = captured.meta.transaction
            }
            defer { state.pin = captured.pin }
            return state.pin
        }
        if let unused { mdb_txn_abort(unused.raw) }
    }

    private var dataFile: Int32 {
        var descriptor: mdb_filehandle_t = -1
        mdb_env_get_fd(environment.raw, &descriptor)
        return descriptor
    }

    /// Runs `body` while no process writes.
    func withWriterLock<Result>(
        _ body: () throws(LMDBError) -> Result
    ) throws(LMDBError) -> Result {
        var writer: OpaquePointer?
        let code = mdb_txn_begin(environment.raw, nil, 0, &writer)
        guard code == MDB_SUCCESS, let writer else {
            throw LMDBError(code: code, operation: "begin a checkpoint", subject: file.path)
        }
        defer { mdb_txn_abort(writer) }
        return try body()
    }
}
