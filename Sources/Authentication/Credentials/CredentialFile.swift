import Glibc

/// The users file on disk: read whole, replaced whole, edited by one at a time.
struct CredentialFile: Sendable {
    static let maximumBytes = 64 << 20

    let path: String

    /// What tells one state of the file from another without reading it.
    struct Stamp: Hashable, Sendable {
        let device: UInt
        let inode: UInt
        let size: Int
        let modifiedSeconds: Int
        let modifiedNanoseconds: Int
        let changedSeconds: Int
        let changedNanoseconds: Int
    }

    /// - Returns: nil when there is no file, which is a store without accounts.
    func stamp() throws(CredentialError) -> Stamp? {
        guard let status = try status(of: path) else { return nil }
        return Stamp(
            device: UInt(status.st_dev), inode: UInt(status.st_ino), size: Int(status.st_size),
            modifiedSeconds: status.st_mtim.tv_sec, modifiedNanoseconds: status.st_mtim.tv_nsec,
            changedSeconds: status.st_ctim.tv_sec, changedNanoseconds: status.st_ctim.tv_nsec)
    }

    /// - Returns: nothing when there is no file.
    func read() throws(CredentialError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return [] }
            throw .fileFailed(attempted: "open \(path)", errno: errno)
        }
        defer { close(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(file, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .fileFailed(attempted: "read \(path)", errno: errno) }
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
            guard bytes.count <= CredentialFile.maximumBytes else {
                throw .fileTooLarge(path: path)
            }
        }
    }

    /// Writes a new file beside the old one, makes it durable, then takes its place: a reader sees
    /// the old text or the new one, and a crash leaves one of them.
    ///
    /// Call it inside `locked`. The file is readable by its owner only; root keeps the owner.
    func replace(with bytes: [UInt8]) throws(CredentialError) {
        let new = path + ".new"
        let file = open(new, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .fileFailed(attempted: "create \(new)", errno: errno) }
        do {
            defer { close(file) }
            try keepOwner(of: file, new)
            try write(bytes, to: file, new)
            guard fsync(file) == 0 else {
                throw .fileFailed(attempted: "sync \(new)", errno: errno)
            }
        }
        guard rename(new, path) == 0 else {
            throw .fileFailed(attempted: "rename \(new) to \(path)", errno: errno)
        }
        try syncDirectory()
    }

    /// Runs `edit` while no other editor, of this process or another, is in its own.
    func locked<Result>(
        _ edit: () throws(CredentialError) -> Result
    ) throws(CredentialError) -> Result {
        let lock = path + ".lock"
        let file = open(lock, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw .fileFailed(attempted: "open \(lock)", errno: errno) }
        // Unlocked by name: a child between fork and exec still has the descriptor.
        defer {
            _ = flock(file, LOCK_UN)
            close(file)
        }
        while flock(file, LOCK_EX) != 0 {
            guard errno == EINTR else { throw .fileFailed(attempted: "lock \(lock)", errno: errno) }
        }
        return try edit()
    }

    private var directory: String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }

    private func status(of path: String) throws(CredentialError) -> stat? {
        var status = stat()
        guard stat(path, &status) == 0 else {
            if errno == ENOENT { return nil }
            throw .fileFailed(attempted: "look at \(path)", errno: errno)
        }
        return status
    }

    /// A file made by root for a server that runs as somebody else must stay readable to it.
    private func keepOwner(of file: Int32, _ name: String) throws(CredentialError) {
        guard fchmod(file, 0o600) == 0 else {
            throw .fileFailed(attempted: "set the mode of \(name)", errno: errno)
        }
        guard geteuid() == 0 else { return }
        var owner = try status(of: path)
        if owner == nil { owner = try status(of: directory) }
        guard let owner else { return }
        guard fchown(file, owner.st_uid, owner.st_gid) == 0 else {
            throw .fileFailed(attempted: "set the owner of \(name)", errno: errno)
        }
    }

    private func write(_ bytes: [UInt8], to file: Int32, _ name: String) throws(CredentialError) {
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes {
                Glibc.write(file, $0.baseAddress, $0.count)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw .fileFailed(attempted: "write \(name)", errno: errno) }
            written += count
        }
    }

    private func syncDirectory() throws(CredentialError) {
        let file = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard file >= 0 else { throw .fileFailed(attempted: "open \(directory)", errno: errno) }
        defer { close(file) }
        guard fsync(file) == 0 else {
            throw .fileFailed(attempted: "sync \(directory)", errno: errno)
        }
    }
}
