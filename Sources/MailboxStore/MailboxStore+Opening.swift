import EventLog
import Glibc
import LMDB
import MailEvents
import MailModel

extension MailboxStore {
    /// Opens the store in a directory.
    ///
    /// A server takes the store's lock and raises the epoch, makes the store when it is missing, and
    /// cuts off what a crash left. A tool does none of that unless no server runs.
    ///
    /// - Throws: `cannotOpen` with a plain message when another server has the store, when it is of
    ///   a newer format, or, for a tool, when there is none.
    package static func open(
        directory: String, options: StoreOptions
    ) throws(StoreError) -> MailboxStore {
        let isServer = options.role == .server
        if isServer { try makeDirectory(directory) }
        try refuseLostLog(directory, isServer: isServer)
        let lock = options.role == .reader ? nil : try takeLock(directory, isServer: isServer)
        let isAlone = lock != nil
        var core = try openCore(directory, options: options, isServer: isServer, isAlone: isAlone)
        guard isServer else {
            return try MailboxStore(
                directory: directory, options: options, core: core, lock: lock, recovery: nil)
        }
        // First the table that names the bodies: recovery judges by what it names.
        if try core.needsRebuild() {
            _ = try core.rebuildProjections(store: directory) { _ in }
            core.environment.close()
            core = try openCore(directory, options: options, isServer: true, isAlone: true)
        }
        makeNamesDurable(directory)
        let recovery = try core.bodies.recover()
        return try MailboxStore(
            directory: directory, options: options, core: core, lock: lock, recovery: recovery)
    }

    static let lmdbFolder = "lmdb"

    private static func openCore(
        _ directory: String, options: StoreOptions, isServer: Bool, isAlone: Bool
    ) throws(StoreError) -> StoreCore {
        let environment: Environment
        let attached = AttachedSegments(store: directory, isBesideServer: !isAlone)
        do throws(LMDBError) {
            var wishes = EnvironmentOptions(mapSizeBytes: options.mapSizeBytes)
            wishes.readsAhead = false
            wishes.durability = isServer ? .journaled(attached) : .checkpointed(attached)
            environment = try Environment(path: directory + "/" + lmdbFolder, options: wishes)
        } catch {
            throw .cannotOpen("the store \(directory) cannot be opened: \(error)")
        }
        let hasBodies = holdsBodies(directory)
        let log: LMDBEventLog
        let epoch: Epoch?
        do throws(EventLogError) {
            log = try LMDBEventLog(
                environment: environment, creating: isServer && !hasBodies ? genesis() : nil,
                clock: options.nowNanoseconds)
            epoch = isServer ? try log.acquire(owner: "process \(getpid())") : nil
        } catch {
            if case .noLog = error, hasBodies { throw orphanedBodies(directory) }
            throw .cannotOpen("the log of the store \(directory) cannot be opened: \(error)")
        }
        let tables = try StoreTables(opening: environment)
        let bodies = try BodyStore(
            store: directory, attached: attached, whenDamaged: options.whenDamaged,
            namedEnds: namedEnds(environment, tables))
        return StoreCore(
            environment: environment, log: log, tables: tables, bodies: bodies, hub: MailboxHub(),
            ownEpoch: epoch, unseenViewers: isAlone ? 0 : 1)
    }

    /// A log is made by a server, and only where no bodies are. LMDB itself would take an empty file
    /// for a new environment, and who only looks would leave one that looks like a log.
    private static func refuseLostLog(_ directory: String, isServer: Bool) throws(StoreError) {
        var log = stat()
        let path = directory + "/" + lmdbFolder + "/data.mdb"
        let isThere = stat(path, &log) == 0
        guard !isThere || log.st_size == 0 else { return }
        if holdsBodies(directory) { throw orphanedBodies(directory) }
        guard !isServer else { return }
        throw .cannotOpen(
            "\(directory) holds no store: "
                + (isThere ? "\(path) is empty" : "a server makes one at its first start"))
    }

    /// Bodies without a log: somebody lost or moved the log. A new one would name none of them.
    private static func orphanedBodies(_ directory: String) -> StoreError {
        .cannotOpen(
            "\(directory) has message bodies in segments/ but no log in \(lmdbFolder)/: "
                + "put the log back, or move segments/ away to begin a new store")
    }

    private static func holdsBodies(_ directory: String) -> Bool {
        guard let folder = opendir(directory + "/segments") else { return false }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let isHidden = entry.pointee.d_name.0 == CChar(UInt8(ascii: "."))
            if !isHidden { return true }
        }
        return false
    }

    private static func makeDirectory(_ path: String) throws(StoreError) {
        guard mkdir(path, 0o700) != 0, errno != EEXIST else { return }
        throw .cannotOpen("cannot make \(path): \(String(cString: strerror(errno)))")
    }

    /// The log's own file and the store itself have names that a power cut must not take back. LMDB
    /// flushes its file, not the folder around it.
    private static func makeNamesDurable(_ directory: String) {
        for path in [directory + "/" + lmdbFolder, directory, directory + "/.."] {
            let folder = Glibc.open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
            guard folder >= 0 else { continue }
            // Where a folder cannot be flushed, nothing better can be done.
            _ = fsync(folder)
            Glibc.close(folder)
        }
    }

    /// - Returns: nil for a tool beside a server.
    private static func takeLock(
        _ directory: String, isServer: Bool
    ) throws(StoreError) -> StoreLock? {
        do throws(StoreLockError) {
            return try StoreLock(storeDirectory: directory)
        } catch {
            if case .held = error, !isServer { return nil }
            throw .cannotOpen("\(error)")
        }
    }

    private static func genesis() -> Genesis? {
        var generator = SystemRandomNumberGenerator()
        let id = (0..<StoreCreated.storeIDBytes).map { _ in
            UInt8.random(in: 0...255, using: &generator)
        }
        return Genesis(
            storeID: id, actor: Actor(protocolName: "store"), cause: Cause(command: "create"))
    }

    private static func namedEnds(_ environment: Environment, _ tables: StoreTables) -> NamedEnds {
        { () throws(StoreError) in
            let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
            var ends: [UInt32: UInt64] = [:]
            var scan = try storing { () throws(LMDBError) in try transaction.scan(tables.bodies) }
            while let entry = try scan.nextRow() {
                // A row that is passed over would let recovery cut off bytes that are named.
                let location = try decoded(BodyRow(entry.value), "a body's location").location
                ends[location.segment] = max(ends[location.segment] ?? 0, location.end ?? .max)
            }
            return ends
        }
    }
}

extension StoreTables {
    /// Opens the databases; of the two sets that take turns for the projections, the one in use.
    init(opening environment: Environment) throws(StoreError) {
        let bodies = try storing { () throws(LMDBError) in
            try environment.openDatabase(StoreTables.bodiesName)
        }
        let first = try ProjectionTables(opening: .a, in: environment)
        let second = try ProjectionTables(opening: .b, in: environment)
        let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
        let firstReached = try first.reached(in: transaction)?.position ?? .start
        let secondReached = try second.reached(in: transaction)?.position ?? .start
        // `rebuild` fills the set not in use, then empties the other: the one further on is right.
        self.init(projections: secondReached > firstReached ? second : first, bodies: bodies)
    }
}
