import Glibc

/// The folders of a store that hold bodies: `segments/` and `incoming/`.
///
/// Who writes a file in them holds its lock (`OpenFile.tryLock`): the lock, not the process's
/// role, is the right to append, to cut and to remove. Files appear and get their lock while the
/// *door*, a lock on `segments/` itself, is held shared; recovery holds it alone, so it never
/// meets a file that is about to be locked.
struct SegmentDirectory: Sendable {
    let segments: String
    let incoming: String

    /// Makes the folders where they are missing, durably.
    init(store: String) throws(StoreError) {
        segments = store + "/segments"
        incoming = store + "/incoming"
        for folder in [segments, incoming] {
            guard mkdir(folder, 0o700) == 0 || errno == EEXIST else {
                throw StoreError(errno: errno, "mkdir", folder)
            }
        }
        try SegmentDirectory.synchronize(store)
    }

    func path(of segment: UInt32) -> String {
        let digits = String(segment)
        return segments + "/" + String(repeating: "0", count: max(0, 8 - digits.count)) + digits
            + ".seg"
    }

    /// The numbers of all segments, ascending.
    func numbers() throws(StoreError) -> [UInt32] {
        try SegmentDirectory.names(in: segments).compactMap { name in
            guard name.hasSuffix(".seg"), let number = UInt32(name.dropLast(4)), number > 0 else {
                return nil
            }
            return number
        }.sorted()
    }

    func incomingPaths() throws(StoreError) -> [String] {
        try SegmentDirectory.names(in: incoming).map { incoming + "/" + $0 }
    }

    /// Makes a new segment with the next free number from `first` on, locked, with its file header.
    func makeSegment(from first: UInt32) throws(StoreError) -> (number: UInt32, file: OpenFile) {
        let door = try door(LOCK_SH)
        defer { withExtendedLifetime(door) {} }
        var number = max(first, 1)
        while true {
            if let file = try createNew(path(of: number)), try file.tryLock() {
                try writeFileHeader(file)
                return (number, file)
            }
            number = try following(number)
        }
    }

    /// Gives a finished spool file the next free number from `first` on; its lock stays with it.
    func adopt(_ spool: SpoolFile, from first: UInt32) throws(StoreError) -> UInt32 {
        var number = max(first, 1)
        while link(spool.file.path, path(of: number)) != 0 {
            guard errno == EEXIST else { throw spool.file.failure("link into segments/ of") }
            number = try following(number)
        }
        spool.wasAdopted()
        return number
    }

    /// A new, locked file in `incoming/`.
    func makeIncoming() throws(StoreError) -> OpenFile {
        let door = try door(LOCK_SH)
        defer { withExtendedLifetime(door) {} }
        while true {
            let name = "\(getpid())-\(UInt64.random(in: 0...UInt64.max)).seg"
            if let file = try createNew(incoming + "/" + name), try file.tryLock() { return file }
        }
    }

    /// Opens and locks a segment for writing; nil when it is gone or another process writes it.
    func lockSegment(_ number: UInt32) throws(StoreError) -> OpenFile? {
        try SegmentDirectory.lock(path(of: number))
    }

    static func lock(_ path: String) throws(StoreError) -> OpenFile? {
        guard let file = try OpenFile(opening: path, flags: O_RDWR, or: ENOENT),
            try file.tryLock(), try file.hasName()
        else { return nil }
        return file
    }

    /// Waits for the door: shared to make files, exclusive to remove those nobody writes.
    func door(_ operation: CInt) throws(StoreError) -> OpenFile {
        let door = try OpenFile(opening: segments, flags: O_RDONLY | O_DIRECTORY)
        _ = try door.lock(operation)
        return door
    }

    /// Makes the names in `segments/` durable.
    func synchronizeSegments() throws(StoreError) { try SegmentDirectory.synchronize(segments) }

    private func writeFileHeader(_ file: OpenFile) throws(StoreError) {
        do throws(StoreError) {
            try file.write(SegmentFormat.fileHeader, at: 0)
        } catch {
            unlink(file.path)
            throw error
        }
    }

    private func following(_ number: UInt32) throws(StoreError) -> UInt32 {
        guard number < .max else { throw .body("\(segments): no segment number is left") }
        return number + 1
    }

    private func createNew(_ path: String) throws(StoreError) -> OpenFile? {
        try OpenFile(opening: path, flags: O_RDWR | O_CREAT | O_EXCL, or: EEXIST)
    }

    private static func synchronize(_ folder: String) throws(StoreError) {
        let directory = try OpenFile(opening: folder, flags: O_RDONLY | O_DIRECTORY)
        guard fsync(directory.descriptor) == 0 else { throw directory.failure("fsync") }
    }

    private static func names(in folder: String) throws(StoreError) -> [String] {
        guard let stream = opendir(folder) else {
            throw StoreError(errno: errno, "opendir", folder)
        }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }
}
