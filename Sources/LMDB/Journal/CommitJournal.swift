import Dispatch
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
    let environment: Pointer
    let file: JournalFile
    let checkpoints: CheckpointFile
    let files: any AttachedFiles
    let writesRecords: Bool
    let state: Mutex<State>
    /// Completes checkpoints. Waits for no lock, so that who holds the writer lock may wait for it.
    let queue = DispatchQueue(label: "checkpoints")
    /// One thread's commit, from its record to what is remembered of it: LMDB gives up the writer
    /// lock in between.
    private let commits = Mutex(())
    /// Waits for the writer lock.
    let timers = DispatchQueue(label: "checkpoints at rest")

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

    let sizes: JournalSizes

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
    /// A record in the journal.
    struct Record {
        let transaction: UInt64
        let place: Int
        let bytes: Int
        /// About how many pages the commit writes.
        let pages: Int
    }

    /// Runs a commit while no other thread of this process is at one.
    func alone<Result>(
        _ commit: () throws(LMDBError) -> Result
    ) throws(LMDBError) -> Result {
        try commits.withLock { _ throws(LMDBError) in try commit() }
    }

    /// Makes a transaction durable that is about to be committed.
    ///
    /// - Returns: its record; nil when it must be committed with LMDB's own flushes, and
    ///   `checkpointFlushed` be called.
    func prepare(_ transaction: UInt64) throws(LMDBError) -> Record? {
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
        return Record(
            transaction: transaction, place: place, bytes: header.recordBytes,
            pages: recorder.changes.operations + JournalSizes.pagesOfCommit)
    }

    /// The transaction of a record was committed. By now another may be recording its changes.
    func finish(_ record: Record) {
        let setsTimer = state.withLock { state in
            state.ring.took(record.place, bytes: record.bytes)
            state.covered = record.transaction
            state.writtenPages += record.pages
            defer { state.isTimerSet = true }
            return !state.isTimerSet
        }
        if setsTimer { setTimer() }
    }

    /// The transaction of a record was not committed after all, so it must not be done again.
    func void(_ record: Record) throws(LMDBError) {
        do throws(LMDBError) { try file.void(at: record.place) } catch { throw fail(error) }
    }

    /// To be called before a transaction without a record is committed: some of what it attached may be
    /// nowhere else.
    func synchronizeFiles() throws(LMDBError) {
        guard writesRecords else { return }
        do throws(LMDBError) { try flushFiles() } catch { throw fail(error) }
    }

    /// A transaction without a record was committed with LMDB's own flushes: until a checkpoint has
    /// it, a recovery would undo it.
    func checkpointFlushed() throws(LMDBError) {
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
    func fail(_ error: LMDBError) -> LMDBError {
        let failure = LMDBError(
            .commitFailed, operation: error.operation, subject: error.subject, code: error.code)
        state.withLock { $0.failure = failure }
        return failure
    }
}
