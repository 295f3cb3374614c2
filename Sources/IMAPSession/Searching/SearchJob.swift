import MIME
import MailModel
import MailSearch
import MailboxStore

/// A search over some messages of a view: on the event loop when rows decide and there are few,
/// otherwise on a thread of its own.
///
/// Each chunk has a snapshot of its own, so that a long search does not make the store grow.
struct SearchJob: OffLoopJob {
    let program: SearchProgram<SearchNeedle>
    let store: MailboxStore
    let mailbox: MailboxID
    let map: SequenceMap
    let recent: UIDSet
    let candidates: UIDSet
    let flags: FlagColumn
    /// Whether the findings are to tell mod-sequences: only rows have them.
    let tellsModSeq: Bool
    /// S16.
    let budget: Duration

    enum Outcome: Sendable {
        case found(SearchFindings)
        /// The budget is used up.
        case tooLong
        case cancelled
        case failed(StoreError)
    }

    /// Fewer messages than this are looked at where they are.
    private static let leastForColumn = 512
    /// Rows of one snapshot.
    private static let chunk = 50_000
    /// Messages of a batch, and so between two looks at the clock; bodies are looked at one by one.
    private static let rowsBetweenLooks = 512
    private static let headersBetweenLooks = 32
    /// A snapshot in which bodies are read is kept for about this long.
    private static let snapshotAge = Duration.milliseconds(100)

    /// Whether it is short enough for an event loop.
    var isQuick: Bool {
        guard program.needs == .rows else { return false }
        let count = candidates.count
        return count <= SearchJob.chunk && count * program.size <= 4 * SearchJob.chunk
    }

    /// - Returns: `Outcome`.
    func perform(isCancelled: @Sendable () -> Bool) -> any Sendable {
        run(until: ContinuousClock.now.advanced(by: budget), isCancelled: isCancelled)
    }

    /// - Parameter deadline: nil for no limit.
    func run(
        until deadline: ContinuousClock.Instant?, isCancelled: @Sendable () -> Bool = { false }
    ) -> Outcome {
        do throws(StoreError) {
            if let found = try searchColumn() { return .found(found) }
        } catch {
            return .failed(error)
        }
        var findings = SearchFindings()
        var walk = MessageWalk(candidates, of: mailbox, map: map)
        do throws(StoreError) {
            while !walk.isAtEnd {
                if isCancelled() { return .cancelled }
                if let deadline, ContinuousClock.now >= deadline { return .tooLong }
                guard try searchChunk(&walk, &findings, until: deadline) else { return .tooLong }
            }
        } catch {
            return .failed(error)
        }
        return .found(findings)
    }

    /// - Returns: nil when rows have to be looked at.
    private func searchColumn() throws(StoreError) -> SearchFindings? {
        guard !tellsModSeq, let asked = program.decidingFlags,
            candidates.count >= SearchJob.leastForColumn
        else { return nil }
        let found = try store.read { reader throws(StoreError) in
            try flags.messages(
                among: candidates, set: asked.set, unset: asked.unset, on: reader)
        }
        return found.map { SearchFindings($0) }
    }

    /// - Returns: whether the time was enough.
    private func searchChunk(
        _ walk: inout MessageWalk, _ findings: inout SearchFindings,
        until deadline: ContinuousClock.Instant?
    ) throws(StoreError) -> Bool {
        let snapshot = try SearchSnapshot(of: mailbox, in: store, recent: recent, until: deadline)
        let start = ContinuousClock.now
        let pause = deadline.map { min($0, start.advanced(by: SearchJob.snapshotAge)) }
        let stride = messagesBetweenLooks
        var batch = SearchBatch(of: program, in: snapshot)
        var isInTime = true
        var visited = 0
        try walk.run(on: snapshot.reader) { stop throws(StoreError) in
            batch.take(stop, &findings)
            visited += 1
            guard visited % stride == 0 else { return .goOn }
            isInTime = try batch.settle(&findings)
            guard isInTime, visited < SearchJob.chunk else { return .pause }
            if let pause, ContinuousClock.now >= pause { return .pause }
            return .goOn
        }
        guard isInTime else { return false }
        return try batch.settle(&findings)
    }

    private var messagesBetweenLooks: Int {
        switch program.needs {
        case .rows: SearchJob.rowsBetweenLooks
        case .summaries, .headers: SearchJob.headersBetweenLooks
        case .bodies: 1
        }
    }
}
