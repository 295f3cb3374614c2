import Glibc

/// A thread that waits for the answer to its change.
///
/// `@unchecked Sendable`: `outcome` is behind `mutex`.
final class WaitingCaller: @unchecked Sendable {
    private var outcome: ChangeOutcome?
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    init() {
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(arrival, nil)
    }

    deinit {
        pthread_cond_destroy(arrival)
        pthread_mutex_destroy(mutex)
        arrival.deallocate()
        mutex.deallocate()
    }

    func resume(_ outcome: ChangeOutcome) {
        pthread_mutex_lock(mutex)
        self.outcome = outcome
        pthread_cond_signal(arrival)
        pthread_mutex_unlock(mutex)
    }

    func wait() -> ChangeOutcome {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while true {
            if let outcome { return outcome }
            pthread_cond_wait(arrival, mutex)
        }
    }
}
