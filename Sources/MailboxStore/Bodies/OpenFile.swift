import Glibc

/// An open file, closed with its last reference. Every failure says what was attempted on what.
///
/// Reads and writes name their offset, so that one file serves many threads.
package final class OpenFile: Sendable {
    package let descriptor: CInt
    package let path: String

    /// - Throws: `StoreError.diskFull` when the file system has no room for a new file,
    ///   `StoreError.body` otherwise.
    convenience init(opening path: String, flags: CInt) throws(StoreError) {
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw StoreError(errno: errno, "open", path) }
        self.init(descriptor, path)
    }

    /// - Returns: nil for the failure that the caller expects: EEXIST, ENOENT.
    convenience init?(opening path: String, flags: CInt, or expected: CInt) throws(StoreError) {
        let descriptor = open(path, flags | O_CLOEXEC, 0o600)
        if descriptor < 0 && errno == expected { return nil }
        guard descriptor >= 0 else { throw StoreError(errno: errno, "open", path) }
        self.init(descriptor, path)
    }

    private init(_ descriptor: CInt, _ path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    deinit { close(descriptor) }

    func failure(_ attempt: String) -> StoreError { StoreError(errno: errno, attempt, path) }

    private func status() throws(StoreError) -> stat {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("fstat") }
        return status
    }

    func sizeBytes() throws(StoreError) -> UInt64 { UInt64(clamping: try status().st_size) }

    /// False when the file's last name was removed.
    func hasName() throws(StoreError) -> Bool { try status().st_nlink > 0 }

    /// Fills the buffer from `offset` on.
    ///
    /// - Returns: how many bytes there were: less than asked only at the file's end.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(StoreError)
        -> Int
    {
        var done = 0
        while done < buffer.count, let base = buffer.baseAddress {
            guard let place = off_t(exactly: offset &+ UInt64(done)) else { return done }
            let count = pread(descriptor, base + done, buffer.count - done, place)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure("read") }
            if count == 0 { break }
            done += count
        }
        return done
    }

    /// The bytes from `offset` on: fewer than `count` only at the file's end.
    func read(count: Int, at offset: UInt64) throws(StoreError) -> [UInt8] {
        try withUnsafeTemporaryAllocation(
            byteCount: count, alignment: 8
        ) { buffer throws(StoreError) in
            [UInt8](buffer[..<(try read(into: buffer, at: offset))])
        }
    }

    /// Writes all bytes at `offset`, or throws; some may have been written then.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(StoreError) {
        var done = 0
        while done < bytes.count, let base = bytes.baseAddress {
            guard let place = off_t(exactly: offset &+ UInt64(done)) else {
                throw StoreError(errno: EFBIG, "write", path)
            }
            let count = pwrite(descriptor, base + done, bytes.count - done, place)
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw failure("write") }
            done += count
        }
    }

    func write(_ bytes: [UInt8], at offset: UInt64) throws(StoreError) {
        try bytes.span.bytes.withUnsafeBytes { bytes throws(StoreError) in
            try write(bytes, at: offset)
        }
    }

    /// Makes what was written durable: fdatasync(2). After a failure the kernel has dropped what
    /// it could not write: never call it again and believe it.
    func synchronize() throws(StoreError) {
        guard fdatasync(descriptor) == 0 else { throw failure("fdatasync") }
    }

    func truncate(to size: UInt64) throws(StoreError) {
        guard let size = off_t(exactly: size), ftruncate(descriptor, size) == 0 else {
            throw failure("ftruncate")
        }
    }

    /// Takes the disk blocks of `range`, which then reads as zeros: a full disk shows now.
    func allocate(_ range: Range<UInt64>) throws(StoreError) {
        guard let start = off_t(exactly: range.lowerBound),
            let count = off_t(exactly: range.upperBound - range.lowerBound)
        else { throw StoreError(errno: EFBIG, "posix_fallocate", path) }
        var code = EINTR
        while code == EINTR { code = posix_fallocate(descriptor, start, count) }
        guard code == 0 else { throw StoreError(errno: code, "posix_fallocate", path) }
    }

    /// Takes the advisory lock that says "being written": flock(2), held until the last reference
    /// to this file goes, or the process ends, however it ends.
    ///
    /// - Returns: false when another holds it.
    func tryLock() throws(StoreError) -> Bool { try lock(LOCK_EX | LOCK_NB) }

    func lock(_ operation: CInt) throws(StoreError) -> Bool {
        while flock(descriptor, operation) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw failure("flock") }
            return false
        }
        return true
    }
}

extension StoreError {
    /// The error of a failed system call on a file of bodies.
    init(errno code: CInt, _ attempt: String, _ path: String) {
        let text = "\(attempt) \(path): \(String(cString: strerror(code)))"
        let isFull = code == ENOSPC || code == EDQUOT
        self = isFull ? .diskFull(text) : .body(text)
    }
}
