import MailModel
import Synchronization

/// How far this process has told its sessions of the log: its own commits at once, those of other
/// processes by the ticker.
final class NewsCursor: Sendable {
    private struct State {
        /// Everything up to here was told, but for what follows `untoldAfter`.
        var told: LogPosition
        /// Another process committed between two commits of this one, at the earliest behind this.
        var untoldAfter: LogPosition?
    }

    private let state: Mutex<State>

    init(after position: LogPosition) { state = Mutex(State(told: position)) }

    /// This process has committed, and told, the events from behind `before` up to `head`.
    func committed(after before: LogPosition, upTo head: LogPosition) {
        state.withLock { state in
            if before > state.told, state.untoldAfter == nil { state.untoldAfter = state.told }
            state.told = max(state.told, head)
        }
    }

    /// Where the ticker has to begin. To be called before it takes its snapshot: what is committed
    /// from then on is noted anew.
    func take() -> LogPosition {
        state.withLock { state in
            defer { state.untoldAfter = nil }
            return state.untoldAfter ?? state.told
        }
    }

    /// Everything up to here has been told.
    func told(upTo head: LogPosition) {
        state.withLock { $0.told = max($0.told, head) }
    }

    /// What was taken could not be told.
    func giveBack(_ position: LogPosition) {
        state.withLock { state in
            state.untoldAfter = min(state.untoldAfter ?? position, position)
        }
    }
}
