import CLMDB
import Glibc
import Synchronization

/// The environments that this process has open. LMDB's file locks are dropped by the first close of
/// two, so a second open of the same files is refused.
enum OpenEnvironments {
    /// A data file, whatever path led to it. While it is open its inode is not given to another.
    struct Identity: Hashable, Sendable {
        let device: UInt64
        let inode: UInt64

        /// - Returns: nil when there is no data file yet.
        init?(of path: String) {
            var status = stat()
            guard stat(path + "/data.mdb", &status) == 0 else { return nil }
            device = UInt64(status.st_dev)
            inode = UInt64(status.st_ino)
        }
    }

    private static let identities = Mutex<Set<Identity>>([])

    /// Opens an environment unless this process has it open.
    ///
    /// Holds a lock meanwhile, so that two threads cannot both find it not yet open.
    static func open(
        _ path: String, _ options: EnvironmentOptions
    ) throws(LMDBError) -> (handle: Handle, identity: Identity) {
        try identities.withLock { identities throws(LMDBError) in
            if let identity = Identity(of: path), identities.contains(identity) {
                throw LMDBError(.alreadyOpen, operation: "open environment", subject: path)
            }
            let handle = try Environment.open(path, options)
            guard let identity = Identity(of: path) else {
                mdb_env_close(handle)
                throw LMDBError(code: errno, operation: "open environment", subject: path)
            }
            identities.insert(identity)
            return (Handle(handle), identity)
        }
    }

    /// An environment's handle on its way through the lock, held by one thread on either side.
    struct Handle: @unchecked Sendable {
        let pointer: OpaquePointer
        init(_ pointer: OpaquePointer) { self.pointer = pointer }
    }

    static func close(_ handle: OpaquePointer, _ identity: Identity) {
        let handle = Handle(handle)
        identities.withLock { identities in
            mdb_env_close(handle.pointer)
            identities.remove(identity)
        }
    }
}
