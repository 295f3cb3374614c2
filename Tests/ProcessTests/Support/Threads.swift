import Glibc
import Synchronization

/// A thread of its own: what these tests do blocks, and the pool that runs tests has few threads.
final class Worker<Result: Sendable>: Sendable {
    private let slot: Slot
    private let thread: pthread_t

    /// Holds what the thread returned: written once by it, read after joining it.
    private final class Slot: Sendable {
        let result = Mutex<Result?>(nil)
        let body: @Sendable () -> Result

        init(_ body: @escaping @Sendable () -> Result) { self.body = body }

        func run() {
            let made = body()
            result.withLock { $0 = made }
        }
    }

    init(_ body: @escaping @Sendable () -> Result) {
        let slot = Slot(body)
        self.slot = slot
        thread = startThread { slot.run() }
    }

    /// Waits for the thread and gives what it returned. To be called once.
    func join() -> Result? {
        pthread_join(thread, nil)
        return slot.result.withLock { $0 }
    }
}

/// Runs what blocks on a thread of its own.
func onOwnThread<Result: Sendable>(
    _ body: @escaping @Sendable () throws -> Result
) async throws -> Result {
    try await withCheckedThrowingContinuation { continuation in
        let thread = startThread { continuation.resume(with: Swift.Result { try body() }) }
        pthread_detach(thread)
    }
}

private final class Work: Sendable {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
}

private func startThread(_ body: @escaping @Sendable () -> Void) -> pthread_t {
    let work = Unmanaged.passRetained(Work(body))
    var thread = pthread_t()
    let status = pthread_create(
        &thread, nil,
        { raw in
            guard let raw else { return nil }
            Unmanaged<Work>.fromOpaque(raw).takeRetainedValue().body()
            return nil
        }, work.toOpaque())
    precondition(status == 0, "a thread can be started")
    return thread
}
