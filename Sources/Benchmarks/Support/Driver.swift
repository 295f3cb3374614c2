import Glibc
import MailEvents
import MailModel
import MailboxStore

/// Puts changes to a store from as many submitters at once as are asked for: each puts its next
/// change when it has the answer to the one before, as a session does.
///
/// All submitters live on the calling thread, as sessions live on an event loop.
///
/// `@unchecked Sendable`: `work` is behind `mutex`; the rest is used by the calling thread only.
final class Driver: ReplyLane, @unchecked Sendable {
    static let actor = Actor(
        user: "bench", session: "1", address: "127.0.0.1:1", protocolName: "bench", tag: "a1")

    private let store: MailboxStore
    private var work: [@Sendable () -> Void] = []
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let arrival = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    private var changes: [any Change] = []
    private var next = 0
    private var answered = 0
    private var failure: BenchmarkFailure?

    init(_ store: MailboxStore) {
        self.store = store
        pthread_mutex_init(mutex, nil)
        pthread_cond_init(arrival, nil)
    }

    deinit {
        pthread_cond_destroy(arrival)
        pthread_mutex_destroy(mutex)
        arrival.deallocate()
        mutex.deallocate()
    }

    func execute(_ work: @escaping @Sendable () -> Void) {
        pthread_mutex_lock(mutex)
        self.work.append(work)
        pthread_cond_signal(arrival)
        pthread_mutex_unlock(mutex)
    }

    /// Has the changes made and waits until all are durable.
    ///
    /// - Returns: what it took.
    func run(_ changes: [any Change], submitters: Int) throws -> Cost {
        self.changes = changes
        next = 0
        answered = 0
        let cost = cost {
            for _ in 0..<min(submitters, changes.count) { submitNext() }
            while answered < changes.count { for work in takeWork() { work() } }
        }
        self.changes = []
        if let failure { throw failure }
        return cost
    }

    private func takeWork() -> [@Sendable () -> Void] {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while work.isEmpty { pthread_cond_wait(arrival, mutex) }
        defer { work.removeAll(keepingCapacity: true) }
        return work
    }

    private func submitNext() {
        guard next < changes.count else { return }
        let change = changes[next]
        next += 1
        store.submit(
            change, actor: Driver.actor, cause: Cause(command: "bench"),
            reply: Reply(on: self) { [unowned self] outcome in answer(outcome) })
    }

    private func answer(_ outcome: ChangeOutcome) {
        if case .accepted = outcome {
        } else {
            failure = BenchmarkFailure("a change was not made: \(outcome)")
        }
        answered += 1
        submitNext()
    }
}
