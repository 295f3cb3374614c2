import Glibc

/// The file `journal`: what transactions did since the last checkpoint, written past the page cache
/// into blocks that the file has already, so that making a record durable is one write.
///
/// Its lock tells who has the environment open: everybody shared, and who recovers it alone.
final class JournalFile: Sendable {
    let path: String
    private let descriptor: Int32

    /// Opens the file, made empty when missing, and locks it shared.
    ///
    /// - Parameter whenAlone: called first, when nobody else has the environment open and before
    ///   anybody else can.
    init(
        directory: String, whenAlone: (borrowing JournalReading) throws(LMDBError) -> Void
    ) throws(LMDBError) {
        path = directory + "/journal"
        let path = path
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_DSYNC
        var descriptor = open(path, flags | JournalFile.direct, 0o600)
        // Not every file system can write past the page cache.
        if descriptor < 0, errno == EINVAL { descriptor = open(path, flags, 0o600) }
        guard descriptor >= 0 else {
            throw LMDBError(code: errno, operation: "open", subject: path)
        }
        self.descriptor = descriptor
        // One after another: who waits must not take a recovery for done that was killed half-way.
        let door = try JournalDoor(directory: directory)
        defer { withExtendedLifetime(door) {} }
        if try lock(LOCK_EX | LOCK_NB) {
            let reading = try JournalReading(path: path)
            try whenAlone(reading)
        }
        _ = try lock(LOCK_SH)
    }

    deinit {
        unlock()
        close(descriptor)
    }

    /// By name, because a child between fork and exec still has the descriptor, and with it the lock.
    func unlock() { _ = flock(descriptor, LOCK_UN) }

    /// O_DIRECT, which Glibc declares for GNU sources only.
    #if arch(arm64) || arch(arm)
        private static let direct: Int32 = 0o200000
    #else
        private static let direct: Int32 = 0o40000
    #endif

    private func lock(_ operation: Int32) throws(LMDBError) -> Bool {
        try Self.lock(descriptor, operation, path)
    }

    /// - Returns: false when another has it, and the operation is not to wait.
    fileprivate static func lock(
        _ descriptor: Int32, _ operation: Int32, _ path: String
    ) throws(LMDBError) -> Bool {
        while flock(descriptor, operation) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else {
                throw LMDBError(code: errno, operation: "lock", subject: path)
            }
            return false
        }
        return true
    }

    func sizeBytes() throws(LMDBError) -> Int {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            throw LMDBError(code: errno, operation: "measure", subject: path)
        }
        return Int(status.st_size)
    }

    /// Writes a whole record, durably once it returns.
    func write(_ record: UnsafeRawBufferPointer, at offset: Int) throws(LMDBError) {
        var done = 0
        while done < record.count, let base = record.baseAddress {
            let count = pwrite(descriptor, base + done, record.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else {
                throw LMDBError(code: errno, operation: "write", subject: path)
            }
            done += count
        }
    }

    /// Makes the file larger, with blocks that are written: a flush into them changes nothing but
    /// their bytes.
    func extend(from old: Int, to new: Int) throws(LMDBError) {
        let chunk = 1 << 20
        let zeros = UnsafeMutableRawBufferPointer.allocate(
            byteCount: chunk, alignment: JournalHeader.blockBytes)
        defer { zeros.deallocate() }
        zeros.initializeMemory(as: UInt8.self, repeating: 0)
        var offset = old
        while offset < new {
            let part = UnsafeRawBufferPointer(rebasing: zeros[..<min(chunk, new - offset)])
            try write(part, at: offset)
            offset += part.count
        }
    }

    /// Makes the record at a place void, durably.
    func void(at offset: Int) throws(LMDBError) {
        let zeros = UnsafeMutableRawBufferPointer.allocate(
            byteCount: JournalHeader.blockBytes, alignment: JournalHeader.blockBytes)
        defer { zeros.deallocate() }
        zeros.initializeMemory(as: UInt8.self, repeating: 0)
        try write(UnsafeRawBufferPointer(zeros), at: offset)
    }
}

/// Lets one process at a time find out whether it is alone; waits for the others.
private struct JournalDoor: ~Copyable {
    private let descriptor: Int32

    init(directory: String) throws(LMDBError) {
        descriptor = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw LMDBError(code: errno, operation: "open", subject: directory)
        }
        _ = try JournalFile.lock(descriptor, LOCK_EX, directory)
    }

    // By name, because a child between fork and exec still has the descriptor, and with it the lock.
    deinit {
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }
}
