import LMDB
import MailEvents

/// The segment that a writer appends to: what is in the file, what waits to be written, and the
/// room taken ahead.
///
/// Room is taken ahead because a flush into blocks that exist costs less than one that also grows the
/// file, and because a full disk then shows before a body is written.
struct CurrentSegment {
    let number: UInt32
    let file: OpenFile
    /// Behind the last record, where the next one begins.
    private(set) var end: UInt64
    /// `end` when the batch began: all before it is durable.
    private(set) var batchStart: UInt64
    /// Records not written yet: they end at `end`.
    private var pending: [UInt8] = []
    /// The file has blocks up to here.
    private var roomEnd: UInt64
    private var mustSynchronize = false

    private static let blocksAheadBytes: UInt64 = 1 << 20
    private static let pendingLimitBytes = 1 << 20
    /// Up to here writing the bodies into the journal as well costs less than a flush of their own:
    /// measured, 0.3 µs for each KiB against 90 µs.
    private static let attachableBytes = 256 << 10

    /// - Parameter end: aligned, and the file's size or behind it.
    init(number: UInt32, file: OpenFile, end: UInt64) {
        self.number = number
        self.file = file
        self.end = end
        batchStart = end
        roomEnd = end
        mustSynchronize = true
    }

    var isBatchEmpty: Bool { end == batchStart }

    /// - Throws: nothing was placed then.
    mutating func append(_ digest: BodyDigest, _ bytes: [UInt8]) throws(StoreError) -> BodyLocation
    {
        let header = SegmentRecordHeader(sizeBytes: UInt64(bytes.count), digest: digest)
        let bodyOffset = end &+ UInt64(SegmentRecordHeader.sizeBytes)
        guard let next = SegmentFormat.aligned(bodyOffset &+ UInt64(bytes.count)) else {
            throw .body("\(file.path): no body fits behind offset \(end)")
        }
        try takeRoom(to: next)
        if pending.count + Int(next - end) > CurrentSegment.pendingLimitBytes { try flush() }
        pending.append(contentsOf: header.encoded())
        pending.append(contentsOf: bytes)
        pending.append(contentsOf: repeatElement(0, count: Int(next - bodyOffset) - bytes.count))
        end = next
        mustSynchronize = true
        return BodyLocation(segment: number, offset: bodyOffset, sizeBytes: UInt64(bytes.count))
    }

    /// Puts the bodies of the batch, if they are few, into the transaction that will name them, and
    /// writes them; then they need no flush of their own.
    ///
    /// - Returns: false when they must be flushed.
    mutating func attach(
        to transaction: borrowing WriteTransaction
    ) throws(StoreError) -> Bool {
        guard end > batchStart else { return true }
        guard UInt64(pending.count) == end - batchStart,
            pending.count <= CurrentSegment.attachableBytes
        else { return false }
        let head = AttachedSegments.head(segment: number, offset: batchStart)
        let isAttached = head.withUnsafeBytes { head in
            pending.withUnsafeBytes { transaction.attach([head, $0]) }
        }
        guard isAttached else { return false }
        try flush()
        return true
    }

    mutating func synchronize() throws(StoreError) {
        guard mustSynchronize else { return }
        try flush()
        try file.synchronize()
        mustSynchronize = false
    }

    /// Everything so far is durable and named.
    mutating func endBatch() { batchStart = end }

    /// Takes back what lies behind `newEnd`.
    mutating func cut(to newEnd: UInt64) {
        guard newEnd < end else { return }
        let written = end - UInt64(pending.count)
        if newEnd >= written {
            pending.removeLast(Int(end - newEnd))
        } else {
            pending.removeAll(keepingCapacity: true)
            // If it stays, the bytes are overwritten, or cut by whoever opens the segment next.
            try? file.truncate(to: newEnd)
            roomEnd = newEnd
        }
        end = newEnd
    }

    /// Gives back the room that was taken ahead. What waited to be written was named by nobody.
    func trim() {
        // If it fails, the zeros stay until the segment is opened for writing again.
        try? file.truncate(to: end - UInt64(pending.count))
    }

    private mutating func flush() throws(StoreError) {
        guard !pending.isEmpty else { return }
        do throws(StoreError) {
            try file.write(pending, at: end - UInt64(pending.count))
        } catch {
            if case .diskFull = error { throw error }
            // The disk fails: nothing more is asked of it (RELIABILITY F6).
            throw .stopped("message bodies could not be written to disk: \(error)")
        }
        pending.removeAll(keepingCapacity: pending.capacity <= 2 * CurrentSegment.pendingLimitBytes)
    }

    private mutating func takeRoom(to needed: UInt64) throws(StoreError) {
        guard needed > roomEnd else { return }
        do throws(StoreError) {
            try allocate(to: needed + CurrentSegment.blocksAheadBytes)
        } catch {
            guard case .diskFull = error else { throw error }
            try allocate(to: needed)
        }
    }

    private mutating func allocate(to wanted: UInt64) throws(StoreError) {
        do throws(StoreError) { try file.allocate(roomEnd..<wanted) } catch {
            // A part may have been taken: others, the log first of all, need it now.
            try? file.truncate(to: roomEnd)
            throw error
        }
        roomEnd = wanted
    }
}
