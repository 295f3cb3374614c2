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
        guard isWanted else { return }
        try? withWriterLock { () throws(LMDBError) in
            if holdsRecords { completeLater(try capture(nil)) }
        }
    }

    private var holdsRecords: Bool { state.withLock { !$0.ring.isEmpty && $0.failure == nil } }

    /// Makes a checkpoint now: the pages that the one before needed can be used again.
    ///
    /// - Returns: false when there was nothing to make one of.
    func checkpointNow() throws(LMDBError) -> Bool {
        queue.sync {}
        let captured: Captured? = try withWriterLock { () throws(LMDBError) in
            holdsRecords ? try capture(nil) : nil
        }
        guard let captured else { return false }
        try complete(captured)
        return true
    }

    /// Leaves nothing for a recovery to do. No transaction is open any more.
    func close() {
        state.withLock { $0.isClosed = true }
        timers.sync {}
        queue.sync {}
        // If it fails, the next start does what is left.
        _ = try? checkpointNow()
        let pin = state.withLock { state in
            defer { state.pin = nil }
            return state.pin
        }
        if let pin { mdb_txn_abort(pin.raw) }
    }

    /// The environment is closed: others may find themselves alone with it.
    func unlock() { file.unlock() }
}
