import Glibc
import Synchronization

/// A thread, to be joined.
///
/// A write transaction belongs to its thread (DESIGN §13), so the writer cannot be a task: tasks
/// change threads.
final class StoreThread: Sendable {
    private let handle: Mutex<pthread_t?>

    /// - Throws: when the system has no thread left.
    init(_ body: @escaping @Sendable () -> Void) throws(StoreError) {
        var thread = pthread_t()
        let box = Unmanaged.passRetained(Body(run: body))
        let code = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                let body = Unmanaged<Body>.fromOpaque(argument).takeRetainedValue()
                body.run()
                return nil
            }, box.toOpaque())
        guard code == 0 else {
            box.release()
            throw .cannotOpen("no thread can be started: \(String(cString: strerror(code)))")
        }
        handle = Mutex(thread)
    }

    /// Waits until the thread has ended; only the first call does. Called from the thread itself,
    /// lets it go instead.
    func join() {
        let thread = handle.withLock { handle in
            defer { handle = nil }
            return handle
        }
        guard let thread else { return }
        if pthread_equal(thread, pthread_self()) != 0 {
            pthread_detach(thread)
        } else {
            pthread_join(thread, nil)
        }
    }

    private final class Body: Sendable {
        let run: @Sendable () -> Void

        init(run: @escaping @Sendable () -> Void) { self.run = run }
    }
}

/// The store's one writer, on its thread.
final class WriterThread: Sendable {
    private let thread: StoreThread

    init(_ core: StoreCore, queue: ChangeQueue, options: StoreOptions) throws(StoreError) {
        thread = try StoreThread {
            StoreWriter(core, queue: queue, options: options).run()
        }
    }

    func join() { thread.join() }
}
