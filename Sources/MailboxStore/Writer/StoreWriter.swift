import EventLog
import LMDB
import MailEvents
import MailModel

/// Decides, appends, applies and commits: the one place where a process changes its store.
///
/// Runs on a thread of its own. Whatever is queued becomes one batch and one commit, so batches
/// form by themselves under load. Nothing in memory moves on before the commit (RELIABILITY §1.2),
/// and nobody is answered before it is durable.
///
/// Used by its own thread only.
final class StoreWriter {
    private let core: StoreCore
    private let queue: ChangeQueue
    private let segments: SegmentWriter
    private let options: StoreOptions

    init(_ core: StoreCore, queue: ChangeQueue, options: StoreOptions) {
        self.core = core
        self.queue = queue
        self.options = options
        segments = core.bodies.makeWriter()
    }

    /// Works until the queue is closed and drained, or nothing can be written any more.
    func run() {
        switch options.role {
        case .tool:
            // A tool may only read: whoever opens a segment to write cuts off what is not named.
            if let refusal = refusal { return stop(refusal) }
        case .server:
            // What this would find wrong, the first body finds too.
            try? segments.prepare()
        case .reader:
            // It would leave a segment behind, without a body.
            break
        }
        while true {
            let changes = queue.take(limit: options.batchLimit)
            guard !changes.isEmpty else { break }
            if let stopped = write(changes) {
                stop(stopped)
                return
            }
        }
        segments.close()
    }

    /// Why this tool must not write: it would build on projections that are not what the log says.
    private var refusal: StoreError? {
        do throws(StoreError) {
            guard try core.needsRebuild() else { return nil }
            return .cannotOpen(
                "the projections are not up to the log: run `hindsight rebuild`, or start the server"
            )
        } catch {
            return error
        }
    }

    /// Writes a batch; when it fails as a whole, its changes one by one, so that one that cannot be
    /// written does not take the others with it.
    ///
    /// - Returns: the error after which nothing may be written any more.
    private func write(_ changes: [PendingChange]) -> StoreError? {
        do throws(StoreError) {
            try commit(changes)
            return nil
        } catch {
            if error.stopsWriting { return answerAll(changes, .failed(error), error) }
            guard changes.count > 1 || freesPages(after: error) else {
                return answerAll(changes, .failed(error), nil)
            }
        }
        for (index, change) in changes.enumerated() {
            guard let error = writeAlone(change) else { continue }
            if error.stopsWriting {
                return answerAll(Array(changes[index...]), .failed(error), error)
            }
            _ = answerAll([change], .failed(error), nil)
        }
        return nil
    }

    /// Writes one change, once more where pages were found for it.
    private func writeAlone(_ change: PendingChange) -> StoreError? {
        do throws(StoreError) { try commit([change]) } catch {
            guard !error.stopsWriting, freesPages(after: error) else { return error }
            do throws(StoreError) { try commit([change]) } catch { return error }
        }
        return nil
    }

    /// A full map may be full of pages that are kept for nobody any more.
    private func freesPages(after error: StoreError) -> Bool {
        guard error.isMapFull else { return false }
        return (try? core.environment.freePages()) == true
    }

    /// Answers changes alike; gives back what it was given, for its callers' brevity.
    private func answerAll(
        _ changes: [PendingChange], _ outcome: ChangeOutcome, _ error: StoreError?
    ) -> StoreError? {
        var replies = ReplyBatch()
        for change in changes { replies.add(change.reply, outcome) }
        replies.deliver()
        return error
    }

    /// One write transaction, from its beginning to the answers.
    private func commit(_ changes: [PendingChange]) throws(StoreError) {
        let mark = segments.mark
        let done: Batch.Committed
        do throws(StoreError) {
            var batch = try Batch.begin(core, segments, now: options.nowNanoseconds())
            for change in changes { try batch.decide(change) }
            done = try batch.commit()
        } catch {
            if !error.stopsWriting { segments.rollBack(to: mark) }
            throw error
        }
        segments.batchCommitted()
        core.didCommit(done.head, after: done.before, touched: done.touched, done.notices)
        done.replies.deliver()
    }

    /// After a failed flush nobody knows what reached the disk: RELIABILITY §1.1. Every change from
    /// here on fails, and the process should end; the next start finds out.
    private func stop(_ error: StoreError) {
        let reason = "the store takes no changes: \(error)"
        queue.close(because: reason)
        let refused = StoreError.stopped(reason)
        while true {
            let changes = queue.take(limit: options.batchLimit)
            guard !changes.isEmpty else { break }
            _ = answerAll(changes, .failed(refused), nil)
        }
        options.whenStopped(error)
    }
}

extension StoreError {
    /// Whether it is unknown what reached the disk, so that nothing may be written any more.
    var stopsWriting: Bool {
        switch self {
        case .storage(let error), .log(.storage(let error)): !error.isRecoverable
        case .log(.fenced), .stopped: true
        case .log, .corrupt, .body, .diskFull, .cannotOpen: false
        }
    }
}
