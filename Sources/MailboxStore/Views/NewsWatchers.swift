import MailModel
import Synchronization

/// Names one `watch` of the hub.
package struct WatchToken: Hashable, Sendable {
    let mailbox: MailboxID
    let number: UInt64
}

/// Sessions that wait for news: IDLE (RFC 2177).
final class NewsWatchers: Sendable {
    private struct State {
        var watchers: [MailboxID: [UInt64: Watcher]] = [:]
        var nextNumber: UInt64 = 1
    }

    private let state = Mutex(State())

    func add(
        _ mailbox: MailboxID, _ lane: any ReplyLane, _ callback: @escaping @Sendable () -> Void
    ) -> WatchToken {
        state.withLock { state in
            let number = state.nextNumber
            state.nextNumber += 1
            state.watchers[mailbox, default: [:]][number] = Watcher(lane, callback)
            return WatchToken(mailbox: mailbox, number: number)
        }
    }

    func remove(_ token: WatchToken) {
        let watcher = state.withLock { state in
            let watcher = state.watchers[token.mailbox]?.removeValue(forKey: token.number)
            if state.watchers[token.mailbox]?.isEmpty == true {
                state.watchers[token.mailbox] = nil
            }
            return watcher
        }
        watcher?.cancel()
    }

    /// One `execute` for each lane, however many watchers it has.
    func announce(_ touched: [TouchedMailbox]) {
        let called = state.withLock { state -> [Watcher] in
            guard !state.watchers.isEmpty else { return [] }
            return touched.filter(\.hasNews).flatMap { touched in
                state.watchers[touched.mailbox].map { Array($0.values) } ?? []
            }
        }
        for group in Dictionary(
            grouping: called.filter { $0.schedule() }, by: { ObjectIdentifier($0.lane) }
        ).values {
            group[0].lane.execute { for watcher in group { watcher.deliver() } }
        }
    }
}

/// One waiting session. At most one call is on its way: a burst of commits wakes it once.
private final class Watcher: Sendable {
    let lane: any ReplyLane
    private let callback: @Sendable () -> Void
    private let isScheduled = Atomic<Bool>(false)
    private let isCancelled = Atomic<Bool>(false)

    init(_ lane: any ReplyLane, _ callback: @escaping @Sendable () -> Void) {
        self.lane = lane
        self.callback = callback
    }

    /// Whether a call has to be put on its way.
    func schedule() -> Bool { !isScheduled.exchange(true, ordering: .acquiringAndReleasing) }

    func cancel() { isCancelled.store(true, ordering: .releasing) }

    /// What is committed from here on makes a new call.
    func deliver() {
        isScheduled.store(false, ordering: .sequentiallyConsistent)
        if !isCancelled.load(ordering: .acquiring) { callback() }
    }
}
