import CLMDB
import CLinux
import Dispatch
import Glibc
import Synchronization

/// Makes the commits of an environment durable by its journal and its checkpoints.
///
/// A commit is durable when its record is in the journal, or when a checkpoint of it is made before
/// anybody is told. Recovery begins at the newest checkpoint, so no page of that state may be
/// written to: LMDB keeps those that a reader sees, and each process that commits holds a read
/// transaction on a state not newer than the newest checkpoint, its *pin*.
///
/// What is done for a commit is done with LMDB's writer lock held, so by one thread of one process.
final class CommitJournal: Sendable {
    let recorder: Recorder
    private let environment: Pointer
    private let file: JournalFile
    private let checkpoints: CheckpointFile
    private let files: any AttachedFiles
    private let writesRecords: Bool
    private let state: Mutex<State>
    /// Completes checkpoints. Waits for no lock, so that who holds the writer lock may wait for it.
    private let queue = DispatchQueue(label: "checkpoints")
    /// Waits for the writer lock.
    private let timers = DispatchQueue(label: "checkpoints at rest")

    /// Used by whoever has the write transaction.
    struct Recorder: @unchecked Sendable {
        let changes: ChangeRecorder
    }

    /// LMDB's handles may be used by any thread, one after another.
    struct Pointer: @unchecked Sendable {
        let raw: OpaquePointer
    }

    struct State: ~Copyable {
        var ring: JournalRing
        /// A read transaction on a state that is not newer than the newest checkpoint.
        var pin: Pointer?
        /// The last transaction that a record or a checkpoint holds; nil before the first.
        var covered: UInt64?
        let generation: UInt64
        /// About how many pages were written since the last checkpoint was begun.
        var writtenPages = 0
        var isMakingCheckpoint = false
        var isTimerSet = false
        var isClosed = false
        var failure: LMDBError?
    }

    private let sizes: JournalSizes

    init(
        _ environment: OpaquePointer, _ file: JournalFile, directory: String,
        files: any AttachedFiles, writesRecords: Bool, sizes: JournalSizes
    ) throws(LMDBError) {
        self.sizes = sizes
        self.environment = Pointer(raw: environment)
        self.file = file
        self.files = files
        self.writesRecords = writesRecords
        recorder = Recorder(
            changes: ChangeRecorder(limitBytes: writesRecords ? sizes.recordBytes : 0))
        checkpoints = try CheckpointFile(directory: directory)
        let capacity = try file.sizeBytes() / JournalHeader.blockBytes * JournalHeader.blockBytes
        state = Mutex(
            State(
                ring: JournalRing(capacity: min(capacity, sizes.greatestCapacity)),
                generation: UInt64.random(in: 1...UInt64.max)))
    }
}

// MARK: - A commit

extension CommitJournal {
    /// Makes a transaction durable that is about to be committed.
    ///
    /// - Returns: where its record is; nil when it must be committed with LMDB's own flushes, and
    ///   `finishFlushed` be called.
    func prepare(_ transaction: UInt64) throws(LMDBError) -> Int? {
        if let failure = state.withLock({ $0.failure }) { throw failure }
        let before = transaction - 1
        let isCovered = state.withLock { $0.pin != nil && $0.covered == before }
        if !isCovered {
            queue.sync {}
            try complete(try capture(before))
        } else if wantsCheckpoint {
            completeLater(try capture(before))
        }
        guard writesRecords, !recorder.changes.isTooLarge else { return nil }
        let header = JournalHeader(
            generation: state.withLock { $0.generation }, transaction: transaction,
            payloadBytes: recorder.changes.payloadBytes)
        guard let place = try place(for: header.recordBytes, before) else { return nil }
        do throws(LMDBError) {
            try file.write(recorder.changes.sealed(header), at: place)
        } catch {
            throw fail(error)
        }
        return place
    }

    /// The transaction whose record is at `place` was committed.
    func finish(_ transaction: UInt64, at place: Int) {
        let bytes = JournalHeader.recordBytes(payload: recorder.changes.payloadBytes)
        let pages = recorder.changes.operations + JournalSizes.pagesOfCommit
        let setsTimer = state.withLock { state in
            state.ring.took(place, bytes: bytes)
            state.covered = transaction
            state.writtenPages += pages
            defer { state.isTimerSet = true }
            return !state.isTimerSet
        }
        if setsTimer { setTimer() }
    }

    /// The transaction whose record is at `place` was not committed after all, so it must not be
    /// done again.
    func void(_ place: Int) throws(LMDBError) {
        do throws(LMDBError) { try file.void(at: place) } catch { throw fail(error) }
    }

    /// To be called before a transaction without a record is committed: some of what it attached may be
    /// nowhere else.
    func synchronizeFiles() throws(LMDBError) {
        guard writesRecords else { return }
        do throws(LMDBError) { try flushFiles() } catch { throw fail(error) }
    }

    /// A transaction without a record was committed with LMDB's own flushes: until a checkpoint has
    /// it, a recovery would undo it.
    func finishFlushed() throws(LMDBError) {
        queue.sync {}
        let newest = try withWriterLock { () throws(LMDBError) in try capture(nil) }
        try complete(newest)
    }

    /// Where a record goes; nil when the disk has no room for a larger journal.
    private func place(for bytes: Int, _ before: UInt64) throws(LMDBError) -> Int? {
        while true {
            let (place, capacity, needed) = state.withLock {
                ($0.ring.place(for: bytes), $0.ring.capacity, $0.ring.capacityNeeded(for: bytes))
            }
            if let place { return place }
            if let needed, capacity < sizes.greatestCapacity, needed <= sizes.greatestCapacity {
                guard try grow(from: capacity, toHold: needed) else { return nil }
                continue
            }
            queue.sync {}
            guard state.withLock({ $0.ring.place(for: bytes) == nil }) else { continue }
            try complete(try capture(before))
        }
    }

    private func grow(from old: Int, toHold needed: Int) throws(LMDBError) -> Bool {
        var new = max(old, sizes.firstCapacity / 2)
        while new < needed || new == old { new *= 2 }
        new = min(new, sizes.greatestCapacity)
        do throws(LMDBError) { try file.extend(from: old, to: new) } catch {
            guard error.kind == .diskFull else { throw fail(error) }
            return false
        }
        state.withLock { $0.ring.grow(to: new) }
        return true
    }

    /// Nobody knows any more what is on the disk.
    private func fail(_ error: LMDBError) -> LMDBError {
        let failure = LMDBError(
            .commitFailed, operation: error.operation, subject: error.subject, code: error.code)
        state.withLock { $0.failure = failure }
        return failure
    }
}

// MARK: - Checkpoints

extension CommitJournal {
    /// A state that is to become a checkpoint, pinned.
    struct Captured: Sendable {
        let pin: Pointer
        let meta: MetaPage
        let offset: Int
    }

    /// Pages written since the last checkpoint cannot be used again before the next one, and the
    /// file grows by them: the larger it is, the more it may.
    private var wantsCheckpoint: Bool {
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
    private func capture(_ expected: UInt64?) throws(LMDBError) -> Captured {
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
    private func completeLater(_ captured: Captured) {
        queue.async { [self] in try? complete(captured) }
    }

    /// Brings a captured state to the disk and makes it the checkpoint.
    private func complete(_ captured: Captured) throws(LMDBError) {
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

    private func flushFiles() throws(LMDBError) {
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
    private func withWriterLock<Result>(
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

// MARK: - At rest

extension CommitJournal {
    private func setTimer() {
        timers.asyncAfter(deadline: .now() + .milliseconds(sizes.restMilliseconds)) { [weak self] in
            self?.checkpointAtRest()
        }
    }

    /// Begins a checkpoint, unless the journal is empty. If it cannot, there is another time.
    private func checkpointAtRest() {
        let (isWanted, isTooEarly) = state.withLock { state in
            let isWanted = !state.isClosed && state.failure == nil
            state.isTimerSet = isWanted && state.isMakingCheckpoint
            return (isWanted, state.isTimerSet)
        }
        if isTooEarly { return setTimer() }
        guard isWanted, holdsRecords || isBehind else { return }
        try? withWriterLock { () throws(LMDBError) in
            if holdsRecords || isBehind { completeLater(try capture(nil)) }
        }
    }

    /// Sees to a checkpoint when another process has committed and this one does not: its pin would
    /// keep every page that the other frees from being used again. Cheap when there is none to make.
    func followOthers() {
        guard isBehind else { return }
        let setsTimer = state.withLock { state in
            guard !state.isClosed else { return false }
            defer { state.isTimerSet = true }
            return !state.isTimerSet
        }
        if setsTimer { setTimer() }
    }

    /// Whether the newest state is one of another process's, and a pin keeps an older one.
    private var isBehind: Bool {
        var information = MDB_envinfo()
        guard mdb_env_info(environment.raw, &information) == MDB_SUCCESS else { return false }
        let newest = UInt64(information.me_last_txnid)
        return state.withLock { state in
            state.pin != nil && state.failure == nil && (state.covered ?? 0) < newest
        }
    }

    private var holdsRecords: Bool { state.withLock { !$0.ring.isEmpty && $0.failure == nil } }

    /// Makes a checkpoint now: the pages that the one before needed can be used again.
    ///
    /// - Returns: false when there was nothing to make one of.
    func checkpointNow() throws(LMDBError) -> Bool {
        queue.sync {}
        // A process that has nothing to make durable waits for no other that is writing.
        guard holdsRecords else { return false }
        let captured: Captured? = try withWriterLock { () throws(LMDBError) in
            holdsRecords ? try capture(nil) : nil
        }
        guard let captured else { return false }
        try complete(captured)
        return true
    }

    /// Leaves nothing for a recovery to do. No transaction is open any more.
    ///
    /// - Returns: false when another process was writing all the while, as one does that was stopped.
    ///   Then a thread waits inside the environment, which must stay open until the process ends;
    ///   the next start does what is left.
    func close() -> Bool {
        state.withLock { $0.isClosed = true }
        let isDone = DispatchSemaphore(value: 0)
        timers.async { [self] in
            queue.sync {}
            // If it fails, the next start does what is left.
            _ = try? checkpointNow()
            isDone.signal()
        }
        let patience = DispatchTime.now() + .milliseconds(JournalSizes.closingMilliseconds)
        guard isDone.wait(timeout: patience) == .success else { return false }
        let pin = state.withLock { state in
            defer { state.pin = nil }
            return state.pin
        }
        if let pin { mdb_txn_abort(pin.raw) }
        return true
    }

    /// The environment is closed: others may find themselves alone with it.
    func unlock() { file.unlock() }
}
