import Glibc

/// The file `checkpoint`: two places that the environment's checkpoints take turns with, so that a
/// crash while one is written leaves the one before.
struct CheckpointFile: ~Copyable {
    private static let slotBytes = 4096
    private let descriptor: Int32
    private let path: String

    init(directory: String) throws(LMDBError) {
        path = directory + "/checkpoint"
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_DSYNC, 0o600)
        guard descriptor >= 0 else {
            throw LMDBError(code: errno, operation: "open", subject: path)
        }
        try takeRoom()
    }

    /// A checkpoint must not fail for want of two blocks.
    private func takeRoom() throws(LMDBError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_size < 2 * Self.slotBytes else { return }
        let zeros = [UInt8](repeating: 0, count: 2 * Self.slotBytes - Int(status.st_size))
        guard pwrite(descriptor, zeros, zeros.count, status.st_size) == zeros.count else {
            throw LMDBError(code: errno, operation: "write", subject: path)
        }
    }

    deinit { close(descriptor) }

    /// The newest checkpoint; nil when there is none.
    func load() throws(LMDBError) -> Checkpoint? {
        var bytes = [UInt8](repeating: 0, count: 2 * Self.slotBytes)
        let count = pread(descriptor, &bytes, bytes.count, 0)
        guard count >= 0 else { throw LMDBError(code: errno, operation: "read", subject: path) }
        return bytes.withUnsafeBytes { bytes in
            [0, Self.slotBytes].compactMap { start in
                let end = min(start + Self.slotBytes, count)
                guard start < end else { return nil }
                return Checkpoint(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
            }.max { $0.sequence < $1.sequence }
        }
    }

    /// Makes a checkpoint the newest one, durably; its sequence number is given here.
    ///
    /// - Parameter checkpoint: made of the newest one on the disk, if there is one; nil keeps that.
    /// - Returns: the newest one then.
    @discardableResult
    func store(
        _ checkpoint: (Checkpoint?) -> Checkpoint?
    ) throws(LMDBError) -> Checkpoint? {
        while flock(descriptor, LOCK_EX) != 0 {
            guard errno == EINTR else {
                throw LMDBError(code: errno, operation: "lock", subject: path)
            }
        }
        defer { _ = flock(descriptor, LOCK_UN) }
        let newest = try load()
        guard var next = checkpoint(newest) else { return newest }
        next.sequence = (newest?.sequence ?? 0) &+ 1
        var slot = next.encoded
        slot += [UInt8](repeating: 0, count: Self.slotBytes - slot.count)
        let place = off_t(next.sequence % 2) * off_t(Self.slotBytes)
        guard pwrite(descriptor, slot, slot.count, place) == slot.count else {
            throw LMDBError(code: errno, operation: "write", subject: path)
        }
        return next
    }
}
