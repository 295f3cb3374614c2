import Glibc

/// Lets one of several processes at a time do a task in a store, by an flock(2) on a file there.
///
/// The kernel gives it back when the process ends, however it ends; the file stays.
final class FileLock {
    private let descriptor: Int32

    /// Waits for the lock; `whenBusy` is called first if somebody has it.
    init(_ path: String, whenBusy: () -> Void) throws {
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Failure.system("open \(path)") }
        self.descriptor = descriptor
        guard flock(descriptor, LOCK_EX | LOCK_NB) != 0 else { return }
        if errno == EWOULDBLOCK { whenBusy() }
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else { throw Failure.system("lock \(path)") }
        }
    }

    // A child between fork and exec would otherwise hold the lock a little longer.
    deinit {
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}

extension Failure {
    /// What a system call could not do, by errno.
    static func system(_ attempted: String) -> Failure {
        Failure("cannot \(attempted): \(String(cString: strerror(errno)))")
    }
}
