import CLMDB
import Glibc

/// The one write transaction of an environment, among all processes that have it open.
///
/// It is durable once `commit` returns, and undone when it goes out of scope without. It belongs to
/// the thread that began it: LMDB's lock does, and committing from another thread would leave it
/// held for ever. So begin and commit in one synchronous function.
public struct WriteTransaction: ~Copyable, Readable {
    public let handle: OpaquePointer
    public var writing: WritingState? { state }

    @usableFromInline let state: WritingState
    let environment: Environment
    private let thread = pthread_self()

    /// Waits for whoever else is writing.
    init(_ environment: Environment) throws(LMDBError) {
        self.handle = try environment.beginWriting()
        self.environment = environment
        state = WritingState(recorder: environment.journal?.recorder.changes)
        state.recorder?.reset()
    }

    deinit {
        guard !state.hasEnded else { return }
        checkThread()
        state.hasEnded = true
        mdb_txn_abort(handle)
        environment.leave()
    }

    /// Makes everything written durable.
    ///
    /// - Throws: `mapFull` and `diskFull`, which leave the environment as it was before, and
    ///   `commitFailed` for anything else, after which it takes no more writes.
    public consuming func commit() throws(LMDBError) {
        checkThread()
        state.hasEnded = true
        defer { environment.leave() }
        try environment.commit(handle)
    }

    /// Undoes everything written.
    public consuming func abort() {}

    private borrowing func checkThread() {
        precondition(
            pthread_equal(thread, pthread_self()) != 0,
            "a write transaction ends on the thread that began it")
    }
}

/// Tells the scans of a write transaction that it has ended, and with it their cursors; and keeps
/// what it has done for the journal.
public final class WritingState {
    fileprivate(set) var hasEnded = false
    /// nil in an environment without a journal.
    @usableFromInline let recorder: ChangeRecorder?

    init(recorder: ChangeRecorder?) { self.recorder = recorder }
}
