import Glibc

/// Keeps a second server off a store: a lock on `server.lock` in the store's directory, which the
/// kernel drops when the process ends, however it ends. Tools beside a server do not take it.
package struct StoreLock: ~Copyable {
    private let descriptor: Int32

    /// Takes the lock, at once or not at all, and writes this process's id into the file.
    package init(storeDirectory: String) throws(StoreLockError) {
        let path = storeDirectory + "/server.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .io(path: path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let owner = Self.readOwner(descriptor)
            close(descriptor)
            throw reason == EWOULDBLOCK
                ? .held(directory: storeDirectory, processID: owner)
                : .io(path: path, errno: reason)
        }
        self.descriptor = descriptor
        writeOwner()
    }

    // The file stays: removing it would let two servers lock two files of the same name. Unlocked
    // by name, because a child between fork and exec still has the descriptor, and with it the lock.
    deinit {
        _ = flock(descriptor, LOCK_UN)
        close(descriptor)
    }

    /// A pid that could not be written costs the other server's message its number, nothing more.
    private borrowing func writeOwner() {
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0 else { return }
        _ = text.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, 0) }
    }

    private static func readOwner(_ descriptor: Int32) -> Int32? {
        var bytes = [UInt8](repeating: 0, count: 16)
        let count = bytes.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return nil }
        let digits = bytes[..<count].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return Int32(String(decoding: digits, as: UTF8.self))
    }
}

/// Why a store's lock was not taken.
package enum StoreLockError: Error, Hashable, Sendable {
    /// Another server runs on this store.
    case held(directory: String, processID: Int32?)
    case io(path: String, errno: Int32)
}

extension StoreLockError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .held(let directory, let processID):
            let process = processID.map { " (process \($0))" } ?? ""
            return "another server\(process) is running on the store \(directory)"
        case .io(let path, let code):
            return "cannot lock \(path): \(String(cString: strerror(code)))"
        }
    }
}
