import MailEvents

/// The bodies of a store: message bytes in append-only segment files, read by location.
///
/// Reads are pread(2) into the caller's buffer, not mappings: a file that was cut short gives an
/// error, never a SIGBUS. Only what must be looked through whole and is long is mapped, with care
/// (`BodyBytes`). Measured, it costs 0.7 µs a read more than copying from a mapping (4 KiB:
/// 1.3 and 0.7 µs; 50 KiB: 5.0 and 4.6).
package final class BodyStore: Sendable {
    private let directory: SegmentDirectory
    private let files: SegmentFileCache
    private let namedEnds: NamedEnds
    private let attached: AttachedSegments
    let sound = SoundBodies()
    let whenDamaged: @Sendable (StoreError) -> Void

    private static let chunkBytes = 256 << 10

    /// Opens the bodies of a store, making the folders where they are missing. Cuts nothing.
    ///
    /// - Parameters:
    ///   - attached: told of bodies that are in the journal only.
    ///   - whenDamaged: called by `expectSound`, on the thread that reads.
    ///   - namedEnds: reads `bodies` afresh, each time it is called.
    package init(
        store: String, attached: AttachedSegments? = nil,
        whenDamaged: @escaping @Sendable (StoreError) -> Void = { _ in },
        namedEnds: @escaping NamedEnds
    ) throws(StoreError) {
        self.attached = attached ?? AttachedSegments(store: store, isBesideServer: false)
        directory = try SegmentDirectory(store: store)
        files = SegmentFileCache(directory)
        self.namedEnds = namedEnds
        self.whenDamaged = whenDamaged
    }

    /// Removes what a crash left and is no body; a server does so when it starts. Tools may run beside
    /// it.
    package func recover() throws(StoreError) -> SegmentRecovery {
        try SegmentRecovery(of: directory, namedEnds: namedEnds)
    }

    /// The writer's end: one a process, for its writer thread.
    package func makeWriter(
        rolloverBytes: UInt64 = SegmentFormat.rolloverBytes
    ) -> SegmentWriter {
        SegmentWriter(directory, attached, rolloverBytes: rolloverBytes, namedEnds: namedEnds)
    }

    /// The beginning of one incoming message.
    package func makeIntake() -> BodyIntake { BodyIntake(directory) }

    /// Fills the buffer with the bytes of a body from `start` on.
    ///
    /// - Throws: `StoreError.body` when the file or the bytes are not there.
    package func read(
        _ location: BodyLocation, from start: UInt64,
        into buffer: UnsafeMutableRawBufferPointer
    ) throws(StoreError) {
        guard start <= location.sizeBytes, UInt64(buffer.count) <= location.sizeBytes - start,
            location.end != nil
        else { throw .body("bytes outside of the body at \(location)") }
        let file = try files.file(location.segment)
        let count = try file.read(into: buffer, at: location.offset + start)
        guard count == buffer.count else {
            throw .body("\(file.path) ends within the body at offset \(location.offset)")
        }
    }

    /// Shows a range of a body; valid only within `show`. A long one is mapped: see `BodyBytes`.
    package func withBytes<Result>(
        of location: BodyLocation, _ range: Range<UInt64>,
        _ show: (UnsafeRawBufferPointer) throws(StoreError) -> Result
    ) throws(StoreError) -> Result {
        try body(at: location, range).withUnsafeBytes(show)
    }

    /// A whole body, in memory.
    package func bytes(of location: BodyLocation) throws(StoreError) -> [UInt8] {
        try body(at: location).withUnsafeBytes { [UInt8]($0) }
    }

    /// A range of a body, or all of it, to be looked through.
    ///
    /// - Throws: `StoreError.body` when the file or the bytes are not there: a damaged row can claim
    ///   any size, and no memory is taken for what the file does not have.
    package func body(
        at location: BodyLocation, _ range: Range<UInt64>? = nil
    ) throws(StoreError) -> BodyBytes {
        let range = range ?? 0..<location.sizeBytes
        guard range.upperBound <= location.sizeBytes, location.end != nil else {
            throw .body("bytes outside of the body at \(location)")
        }
        let start = location.offset + range.lowerBound
        return try BodyBytes(
            start..<(location.offset + range.upperBound), of: try files.file(location.segment))
    }

    /// The file region that holds a body, for sendfile(2). The file stays open while it is held.
    ///
    /// - Throws: `StoreError.body` when the file ends before the body does.
    package func region(of location: BodyLocation) throws(StoreError) -> BodyRegion {
        let file = try files.file(location.segment)
        guard let end = location.end, try file.sizeBytes() >= end else {
            throw .body("\(file.path) ends within the body at offset \(location.offset)")
        }
        return BodyRegion(file: file, offset: location.offset, sizeBytes: location.sizeBytes)
    }

    /// Whether the bytes at the location are those that the digest names.
    ///
    /// - Throws: when they cannot be read at all. A file that is too short gives false.
    package func verify(_ location: BodyLocation, _ digest: BodyDigest) throws(StoreError) -> Bool {
        let file = try files.file(location.segment)
        guard location.end != nil else { return false }
        return try BodyStore.digest(of: location, in: file) == digest
    }

    /// Walks all records of all segments, in the order of segments and offsets: see `SegmentScan`.
    package func scan(
        upTo ends: [UInt32: UInt64]? = nil, verifyingBytes: Bool = true,
        _ visit: (SegmentScan.Finding) throws(StoreError) -> Void
    ) throws(StoreError) {
        for number in try directory.numbers() {
            if let ends, ends[number] == nil { continue }
            let scan = try SegmentScan(
                number, at: directory.path(of: number), end: ends?[number],
                verifyingBytes: verifyingBytes)
            try scan.run(visit)
        }
    }

    /// Files kept open at this moment: never more than `SegmentFileCache.limit`.
    package var openFiles: Int { files.count }

    /// The digest of the bytes that are there; nil when the file ends before they do.
    static func digest(
        of location: BodyLocation, in file: OpenFile
    ) throws(StoreError) -> BodyDigest? {
        let size = Int(min(location.sizeBytes, UInt64(chunkBytes)))
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: size, alignment: 16)
        defer { buffer.deallocate() }
        var hasher = BodyHasher()
        var done: UInt64 = 0
        while done < location.sizeBytes {
            let wanted = Int(min(location.sizeBytes - done, UInt64(chunkBytes)))
            let chunk = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
            guard try file.read(into: chunk, at: location.offset + done) == wanted else {
                return nil
            }
            hasher.update(UnsafeRawBufferPointer(chunk))
            done += UInt64(wanted)
        }
        return hasher.finish()
    }
}

/// A body as a part of an open file.
package struct BodyRegion: Sendable {
    package let file: OpenFile
    package let offset: UInt64
    package let sizeBytes: UInt64
}
