import Glibc
import MailModel

/// Tells whoever waits in this process that the log has grown.
///
/// Threads wait with `wait`; event loops subscribe. It says no more than a position: what happened
/// is read from the log.
///
/// `@unchecked Sendable`: `mutex` guards `position`, `subscribers` and `nextID`.
package final class LogSignal: @unchecked Sendable {
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private var position: LogPosition
    private var subscribers: [Subscription: @Sendable (LogPosition) -> Void] = [:]
    private var nextID: UInt64 = 0

    /// A subscriber's name, for taking its leave.
    package struct Subscription: Hashable, Sendable {
        fileprivate let id: UInt64
    }

    package init(position: LogPosition = .start) {
        self.position = position
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(condition, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(condition)
        pthread_mutex_destroy(mutex)
        condition.deallocate()
        mutex.deallocate()
    }

    /// The last position announced.
    package var latest: LogPosition { withLock { position } }

    /// Tells everybody that the log now ends at a position; one not past the last is no news.
    package func announce(_ news: LogPosition) {
        let listeners = withLock { () -> [@Sendable (LogPosition) -> Void] in
            guard news > position else { return [] }
            position = news
            pthread_cond_broadcast(condition)
            return Array(subscribers.values)
        }
        for listener in listeners { listener(news) }
    }

    /// Calls `listener` at each announcement, on the announcer's thread: it should do no more than
    /// hand the position on.
    package func subscribe(
        _ listener: @escaping @Sendable (LogPosition) -> Void
    ) -> Subscription {
        withLock {
            nextID &+= 1
            let subscription = Subscription(id: nextID)
            subscribers[subscription] = listener
            return subscription
        }
    }

    package func unsubscribe(_ subscription: Subscription) {
        withLock { _ = subscribers.removeValue(forKey: subscription) }
    }

    /// Blocks until a position past `seen` was announced, or the time is over.
    ///
    /// - Returns: the last position announced.
    package func wait(after seen: LogPosition, timeoutSeconds: Double) -> LogPosition {
        var deadline = MonotonicTime.deadline(inSeconds: timeoutSeconds)
        return withLock {
            while position <= seen {
                guard pthread_cond_timedwait(condition, mutex, &deadline) == 0 else { break }
            }
            return position
        }
    }

    private func withLock<Result>(_ body: () -> Result) -> Result {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        return body()
    }
}
