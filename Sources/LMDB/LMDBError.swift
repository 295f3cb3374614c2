import CLMDB
import Glibc

/// What LMDB could not do: what was attempted, on which database, and why.
///
/// "Not found" is never an error here: reads answer nil, deletes answer false.
public struct LMDBError: Error, Hashable, Sendable {
    public let kind: Kind

    /// What was attempted, as a verb: `commit`, `put`, `open environment`.
    public let operation: String

    /// The database or the directory it was attempted on, where there is one.
    public let subject: String?

    /// LMDB's return code: negative for LMDB's own, else an errno. 0 where LMDB was not asked.
    public let code: Int32

    public init(_ kind: Kind, operation: String, subject: String? = nil, code: Int32 = 0) {
        self.kind = kind
        self.operation = operation
        self.subject = subject
        self.code = code
    }
}

extension LMDBError {
    /// The cases a caller may want to treat differently.
    public enum Kind: Hashable, Sendable {
        /// The map is too small for the data. Nothing was written; the environment stays usable.
        case mapFull
        /// The file system is full. Nothing was written; the environment stays usable.
        case diskFull
        /// A commit failed for another reason than space. Nobody may know what reached the disk:
        /// the environment takes no more writes, and the process should stop and start anew.
        case commitFailed
        /// An error came earlier in this transaction, so it was not committed.
        case transactionUnusable
        /// The file is not an LMDB environment.
        case notAnEnvironment
        /// The file was written by an incompatible version of LMDB.
        case versionMismatch
        /// The file is damaged.
        case corrupted
        /// Every reader slot is taken by a living reader.
        case readersFull
        /// This process has this environment open already: LMDB's locks do not survive that twice.
        case alreadyOpen
        /// The environment has no database of this name, and may not be given one now.
        case missingDatabase
        /// The environment was closed.
        case closed
        /// A key of 0 or of more than 511 bytes, or a value of more than 2^32−1.
        case badSize
        /// An append whose key does not follow the last one.
        case outOfOrder
        /// The environment was opened for reading only.
        case readOnly
        /// The operating system refused: the errno.
        case io(Int32)
        /// Anything else; see `code`.
        case other
    }

    /// Whether the environment may be written to after this error.
    public var isRecoverable: Bool { kind != .commitFailed }
}

extension LMDBError {
    /// The error for a return code, told apart with the help of the file system where LMDB is vague:
    /// it turns a short write on a full disk into EIO.
    init(code: Int32, operation: String, subject: String? = nil, directory: String? = nil) {
        self.init(
            Self.kind(of: code, directory: directory),
            operation: operation, subject: subject, code: code)
    }

    private static func kind(of code: Int32, directory: String?) -> Kind {
        switch code {
        case MDB_MAP_FULL: .mapFull
        case ENOSPC, EDQUOT: .diskFull
        case EIO: isFull(directory) ? .diskFull : .io(code)
        case MDB_CORRUPTED, MDB_PAGE_NOTFOUND: .corrupted
        // LMDB could not write its meta page: it takes nothing more itself.
        case MDB_PANIC: .commitFailed
        case MDB_INVALID: .notAnEnvironment
        case MDB_VERSION_MISMATCH: .versionMismatch
        case MDB_READERS_FULL: .readersFull
        case MDB_BAD_VALSIZE: .badSize
        case MDB_KEYEXIST: .outOfOrder
        case MDB_BAD_TXN: .transactionUnusable
        case 1...: .io(code)
        default: .other
        }
    }

    /// Less than this much free space counts as a full file system.
    private static let fullDiskBytes: UInt64 = 64 * 1024

    private static func isFull(_ directory: String?) -> Bool {
        guard let directory else { return false }
        var status = statvfs()
        guard statvfs(directory, &status) == 0 else { return false }
        let free = UInt64(status.f_bavail).multipliedReportingOverflow(by: UInt64(status.f_frsize))
        return !free.overflow && free.partialValue < fullDiskBytes
    }
}

extension LMDBError: CustomStringConvertible {
    public var description: String {
        let place = subject.map { " (\($0))" } ?? ""
        return "LMDB: cannot \(operation)\(place): \(reason)"
    }

    private var reason: String {
        switch kind {
        case .mapFull: "the map is full"
        case .diskFull: "no space left on the file system"
        case .commitFailed: "the commit failed, and nothing more may be written: \(codeText)"
        case .transactionUnusable: "an earlier error has spoilt this transaction"
        case .notAnEnvironment: "the file is not an LMDB environment"
        case .versionMismatch: "the file was written by an incompatible version of LMDB"
        case .corrupted: "the file is damaged"
        case .readersFull: "all reader slots are taken"
        case .alreadyOpen: "this process has it open already"
        case .missingDatabase: "there is no such database"
        case .closed: "the environment is closed"
        case .badSize: "a key must have 1 to 511 bytes, a value less than 4 GiB"
        case .outOfOrder: "the key does not follow the last one"
        case .readOnly: "it may only be read"
        case .io, .other: codeText
        }
    }

    private var codeText: String {
        guard let text = mdb_strerror(code) else { return "error \(code)" }
        return "\(String(cString: text)) (\(code))"
    }
}
