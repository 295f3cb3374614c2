import DequeModule
import IMAPSession
import NIOPosix
import Synchronization

/// Where searches and the like run: off the event loops, and so that no user keeps the others waiting.
///
/// A user has at most four jobs running (S16); more of them wait their turn, in order.
final class JobQueue: Sendable {
    /// Twice a user's share: one user alone cannot fill them.
    static let threads = 8
    static let runningPerUser = 4

    private struct Jobs {
        var running = 0
        var waiting: Deque<@Sendable () -> Void> = []
    }

    private let pool: NIOThreadPool
    // Guards who runs how many; never held while a job runs.
    private let users = Mutex<[String: Jobs]>([:])

    init(_ pool: NIOThreadPool) { self.pool = pool }

    /// Never blocks; `answer` is called on a thread of the pool.
    func run(
        _ job: any OffLoopJob, for user: String, _ cancellation: Cancellation,
        _ answer: @escaping @Sendable (any Sendable) -> Void
    ) {
        let work: @Sendable () -> Void = {
            answer(job.perform { cancellation.isCancelled })
            self.finished(user)
        }
        let mayStart = users.withLock { users in
            guard users[user, default: Jobs()].running < JobQueue.runningPerUser else {
                users[user]?.waiting.append(work)
                return false
            }
            users[user, default: Jobs()].running += 1
            return true
        }
        if mayStart { start(work) }
    }

    private func finished(_ user: String) {
        let next = users.withLock { users -> (@Sendable () -> Void)? in
            if let next = users[user]?.waiting.popFirst() { return next }
            users[user]?.running -= 1
            if users[user]?.running == 0 { users[user] = nil }
            return nil
        }
        if let next { start(next) }
    }

    /// A pool that is stopping runs it as well: it is cancelled and soon over.
    private func start(_ work: @escaping @Sendable () -> Void) { pool.submit { _ in work() } }
}
