import DequeModule
import Glibc

/// What sessions hand to the writer's thread: first come, first decided.
///
/// `@unchecked Sendable`: everything is behind `mutex`, which is held for an append or a take only.
final class ChangeQueue: @unchecked Sendable {
    private var waiting = Deque<PendingChange>()
    private var isClosed = false
    private var reason = "the store is closed and takes no more changes"
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let arrival: UnsafeMutablePointer<pthread_cond_t>

    init() {
        mutex = .allocate(capacity: 1)
        arrival = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(arrival, nil)
    }

    deinit {
        pthread_cond_destroy(arrival)
        pthread_mutex_destroy(mutex)
        arrival.deallocate()
        mutex.deallocate()
    }

    /// - Returns: false when the queue is closed and the change was not taken.
    func add(_ change: PendingChange) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isClosed else { return false }
        waiting.append(change)
        if waiting.count == 1 { pthread_cond_signal(arrival) }
        return true
    }

    /// Waits for changes and takes up to `limit` of them; empty once the queue is closed and drained.
    func take(limit: Int) -> [PendingChange] {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while waiting.isEmpty, !isClosed { pthread_cond_wait(arrival, mutex) }
        let count = min(limit, waiting.count)
        let taken = Array(waiting.prefix(count))
        waiting.removeFirst(count)
        return taken
    }

    /// Why a change was not taken.
    var reasonForClosing: String {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return reason
    }

    /// No more changes are taken; those that wait are still decided.
    func close(because reason: String? = nil) {
        pthread_mutex_lock(mutex)
        if let reason, !isClosed { self.reason = reason }
        isClosed = true
        pthread_cond_broadcast(arrival)
        pthread_mutex_unlock(mutex)
    }
}
