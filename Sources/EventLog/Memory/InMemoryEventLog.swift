import MailEvents
import MailModel
import Synchronization

/// A log in memory, for tests: the contract without the disk.
package final class InMemoryEventLog: EventLog {
    package let signal: LogSignal
    private let clock: WallClock
    private let state: Mutex<State>

    private struct State {
        var records: [LogRecord] = []
        var head = LogHead.start
        var epoch = Epoch.none
        var sealed = LogPosition.start

        /// All of the drafts, or none.
        mutating func append(_ drafts: [EventDraft], now: Int64) throws(EventLogError) {
            var new: [LogRecord] = []
            var end = head
            for draft in drafts {
                let made = try RecordCoding.record(draft, after: end, now: now)
                new.append(LogRecord(position: made.event.position, value: made.value))
                end = made.event.head
            }
            records += new
            head = end
        }
    }

    package init(
        genesis: Genesis, clock: @escaping WallClock = SystemClock.wall
    ) throws(EventLogError) {
        var state = State()
        try state.append([genesis.draft], now: clock())
        self.signal = LogSignal(position: state.head.position)
        self.clock = clock
        self.state = Mutex(state)
    }

    package func acquire(owner: String) throws(EventLogError) -> Epoch {
        state.withLock { state in
            state.epoch = state.epoch.next
            return state.epoch
        }
    }

    package func currentEpoch() throws(EventLogError) -> Epoch { state.withLock { $0.epoch } }

    package func append(
        _ drafts: [EventDraft], epoch: Epoch, after: LogPosition
    ) throws(EventLogError) -> AppendOutcome {
        let now = clock()
        let outcome = try state.withLock { state throws(EventLogError) -> AppendOutcome in
            guard epoch == state.epoch else { return .fenced(state.epoch) }
            guard after == state.head.position else { return .conflict(state.head) }
            try state.append(drafts, now: now)
            return .committed(state.head)
        }
        if case .committed(let head) = outcome { signal.announce(head.position) }
        return outcome
    }

    package func head() throws(EventLogError) -> LogHead { state.withLock { $0.head } }

    package func records(
        after: LogPosition, limit: Int
    ) throws(EventLogError) -> [LogRecord] {
        state.withLock { state in
            let first = Int(clamping: after.rawValue)
            guard first < state.records.count else { return [] }
            return Array(state.records[first...].prefix(max(limit, 0)))
        }
    }

    package func waitForNews(
        after: LogPosition, timeoutSeconds: Double
    ) throws(EventLogError) -> LogHead {
        _ = signal.wait(after: after, timeoutSeconds: timeoutSeconds)
        return try head()
    }

    package func seal(through: LogPosition) throws(EventLogError) {
        try state.withLock { state throws(EventLogError) in
            guard through <= state.head.position else { throw .beyondHead(through) }
            state.sealed = max(state.sealed, through)
        }
    }

    package func sealedThrough() throws(EventLogError) -> LogPosition {
        state.withLock { $0.sealed }
    }
}
