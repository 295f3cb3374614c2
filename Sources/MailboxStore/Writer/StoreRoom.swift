import Glibc
import LMDB

/// What room there is for more mail: RELIABILITY F5 and F8.
///
/// Some is kept back, in the map and on the disk, because deleting writes too: without it a full
/// store could never be emptied. Looked at once a batch, when its first change needs room.
struct StoreRoom {
    private let environment: Environment
    /// Bytes of disk that bodies may still take; nil before it was looked at.
    private var diskBytes: UInt64?

    init(of environment: Environment) { self.environment = environment }

    /// Takes the room for a change that makes the store grow.
    ///
    /// - Throws: `diskFull`, or `storage` with `mapFull`.
    mutating func take(for bodies: [IncomingBody]) throws(StoreError) {
        if diskBytes == nil {
            try StoreRoom.requireMap(environment)
            diskBytes = StoreRoom.freeDisk(environment.path)
        }
        let needed = bodies.reduce(into: UInt64(0)) { sum, body in
            // A spooled body is on the disk already.
            if case .memory = body.storage { sum &+= body.sizeBytes }
        }
        guard let left = diskBytes, left > needed else {
            throw .diskFull(
                "the file system of \(environment.path) is nearly full: what is left is kept for deleting"
            )
        }
        diskBytes = left - needed
    }

    /// 16 MiB or a twentieth, but never so little that a commit finds no room, nor half of the map.
    private static func reserveBytes(ofMap bytes: Int) -> Int {
        min(16 << 20, max(bytes / 20, 192 << 10), bytes / 2)
    }

    private static func requireMap(_ environment: Environment) throws(StoreError) {
        try storing { () throws(LMDBError) in
            let size = try environment.size()
            let reserve = reserveBytes(ofMap: size.mapBytes)
            var free = size.mapBytes - size.usedBytes
            // The walk over all freed pages is for a map that is nearly full.
            if free < 4 * reserve { free += try environment.freedBytes() }
            guard free > reserve else {
                throw LMDBError(.mapFull, operation: "take room", subject: environment.path)
            }
        }
    }

    /// Bytes free beyond the reserve: 16 MiB or a twentieth of the file system, but at least as much
    /// as the current segment takes ahead.
    private static func freeDisk(_ path: String) -> UInt64 {
        var status = statvfs()
        // Who cannot be asked may have room: a full disk then shows itself.
        guard statvfs(path, &status) == 0 else { return .max }
        let block = UInt64(status.f_frsize)
        let size = UInt64(status.f_blocks).multipliedReportingOverflow(by: block)
        let free = UInt64(status.f_bavail).multipliedReportingOverflow(by: block)
        guard !size.overflow, !free.overflow else { return .max }
        let reserve = min(UInt64(16 << 20), max(size.partialValue / 20, UInt64(4 << 20)))
        return free.partialValue > reserve ? free.partialValue - reserve : 0
    }
}
