import CLMDB
import Synchronization

/// An LMDB environment: one directory of databases, shared by all processes that open it.
///
/// Reading never waits for writing. One write transaction exists at a time among all processes.
///
/// `@unchecked Sendable`: LMDB's environment handle may be used by any thread; `pool` guards the
/// rest.
public final class Environment: @unchecked Sendable {
    public let path: String
    public let options: EnvironmentOptions

    let handle: OpaquePointer
    let journal: CommitJournal?
    /// nil where the kernel reads ahead.
    let regions: MapRegions?
    private let identity: OpenEnvironments.Identity
    private let pool = Mutex(ReaderPool())

    /// Opens the environment in a directory, made with mode 0700 when missing, recovers it if its
    /// last user had no time to close it, and frees the reader slots of processes that were killed.
    ///
    /// - Throws: `alreadyOpen`, `notAnEnvironment`, `versionMismatch`, `corrupted`, `io`.
    public init(path: String, options: EnvironmentOptions = .init()) throws(LMDBError) {
        if !options.isReadOnly { try Self.makeDirectory(path) }
        let file = try Self.openJournal(path, options)
        let opened = try OpenEnvironments.open(path, options)
        self.handle = opened.handle.pointer
        do throws(LMDBError) {
            journal = try Self.makeJournal(handle, file, path, options)
        } catch {
            OpenEnvironments.close(opened.handle.pointer, opened.identity)
            throw error
        }
        self.identity = opened.identity
        self.path = path
        self.options = options
        regions = options.readsAhead ? nil : MapRegions()
        try clearStaleReaders()
    }

    deinit { close() }

    /// Closes the environment, at once or when the last open transaction has ended. New ones are
    /// refused from now on.
    public func close() {
        let now = pool.withLock { pool in
            pool.isClosing = true
            return pool.mayClose()
        }
        if now { closeNow() }
    }

    private func closeNow() {
        let idle = pool.withLock { pool in
            defer { pool.idle = [] }
            return pool.idle
        }
        for reader in idle { mdb_txn_abort(reader.handle) }
        guard journal?.close() ?? true else { return }
        OpenEnvironments.close(handle, identity)
        journal?.unlock()
    }
}

// MARK: - Transactions

extension Environment {
    /// Begins a transaction that sees the environment as of its latest commit.
    public func beginRead() throws(LMDBError) -> ReadTransaction {
        try ReadTransaction(self)
    }

    /// Begins the write transaction; waits while another one is open in any process.
    public func beginWrite() throws(LMDBError) -> WriteTransaction {
        try WriteTransaction(self)
    }

    /// Reads within one view of the environment.
    public func read<Result>(
        _ body: (borrowing ReadTransaction) throws -> Result
    ) throws -> Result {
        let transaction = try beginRead()
        return try body(transaction)
    }

    /// Writes, and makes it durable before returning; undoes everything when `body` throws.
    public func write<Result>(
        _ body: (borrowing WriteTransaction) throws -> Result
    ) throws -> Result {
        let transaction = try beginWrite()
        let result = try body(transaction)
        try transaction.commit()
        return result
    }
}

// MARK: - What transactions need

extension Environment {
    func beginReading() throws(LMDBError) -> OpaquePointer {
        let idle = try pool.withLock { pool throws(LMDBError) in
            try pool.enter("begin reading", path)
            return pool.idle.popLast()
        }
        var code = MDB_BAD_TXN
        if let idle {
            code = mdb_txn_renew(idle.handle)
            if code == MDB_SUCCESS { return idle.handle }
            mdb_txn_abort(idle.handle)
        }
        var transaction: OpaquePointer?
        code = mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction)
        if code == MDB_READERS_FULL, mdb_reader_check(handle, nil) == MDB_SUCCESS {
            code = mdb_txn_begin(handle, nil, UInt32(MDB_RDONLY), &transaction)
        }
        guard code == MDB_SUCCESS, let transaction else {
            leave()
            throw error(code, "begin reading", path)
        }
        return transaction
    }

    func endReading(_ transaction: OpaquePointer) {
        mdb_txn_reset(transaction)
        let closes = pool.withLock { pool in
            pool.idle.append(.init(handle: transaction))
            return pool.leave()
        }
        if closes { closeNow() }
    }

    func beginWriting() throws(LMDBError) -> OpaquePointer {
        guard !options.isReadOnly else {
            throw LMDBError(.readOnly, operation: "begin writing", subject: path)
        }
        try pool.withLock { pool throws(LMDBError) in
            guard !pool.hasFailedCommit else {
                throw LMDBError(.commitFailed, operation: "begin writing", subject: path)
            }
            try pool.enter("begin writing", path)
        }
        var transaction: OpaquePointer?
        let code = mdb_txn_begin(handle, nil, 0, &transaction)
        guard code == MDB_SUCCESS, let transaction else {
            leave()
            throw error(code, "begin writing", path)
        }
        return transaction
    }

    /// Commits; durable once it returns.
    func commit(_ transaction: OpaquePointer) throws(LMDBError) {
        guard let journal, journal.recorder.changes.hasChanges else {
            return try commitPlainly(transaction)
        }
        let isJournaled = try journal.alone { () throws(LMDBError) in
            guard let record = try prepare(transaction, journal) else {
                try commitFlushed(transaction, journal)
                return false
            }
            do throws(LMDBError) { try commitPlainly(transaction) } catch {
                try journal.void(record)
                throw error
            }
            journal.finish(record)
            return true
        }
        if !isJournaled { try journal.checkpointFlushed() }
    }

    private func prepare(
        _ transaction: OpaquePointer, _ journal: CommitJournal
    ) throws(LMDBError) -> CommitJournal.Record? {
        do throws(LMDBError) {
            return try journal.prepare(UInt64(mdb_txn_id(transaction)))
        } catch {
            mdb_txn_abort(transaction)
            throw error
        }
    }

    private func commitPlainly(_ transaction: OpaquePointer) throws(LMDBError) {
        let code = mdb_txn_commit(transaction)
        guard code == MDB_SUCCESS else { throw commitError(code) }
    }

    /// Commits as LMDB does it by itself.
    private func commitFlushed(
        _ transaction: OpaquePointer, _ journal: CommitJournal
    ) throws(LMDBError) {
        // A recovery keeps this commit as it is, so what it names must be there before it.
        do throws(LMDBError) { try journal.synchronizeFiles() } catch {
            mdb_txn_abort(transaction)
            throw error
        }
        // Nobody else changes the flags: only one thread commits.
        if options.durability.isJournaled { mdb_env_set_flags(handle, UInt32(MDB_NOSYNC), 0) }
        defer {
            if options.durability.isJournaled { mdb_env_set_flags(handle, UInt32(MDB_NOSYNC), 1) }
        }
        try commitPlainly(transaction)
    }

    func leave() {
        if pool.withLock({ $0.leave() }) { closeNow() }
    }

    func error(_ code: Int32, _ operation: String, _ subject: String?) -> LMDBError {
        LMDBError(code: code, operation: operation, subject: subject, directory: path)
    }

    /// The error of a failed commit; unless it is a lack of space, no more writes are taken, for
    /// LMDB itself would go on as if nothing had been.
    func commitError(_ code: Int32) -> LMDBError {
        let error = error(code, "commit", path)
        switch error.kind {
        case .mapFull, .diskFull, .transactionUnusable: return error
        default: break
        }
        pool.withLock { $0.hasFailedCommit = true }
        return LMDBError(.commitFailed, operation: "commit", subject: path, code: code)
    }
}
