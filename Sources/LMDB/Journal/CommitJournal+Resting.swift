import CLMDB
import Dispatch
import Synchronization

extension CommitJournal {
    func setTimer() {
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
