import LMDB
import MailEvents

/// Appends bodies to the store's segments: durable after `synchronize`, named by the commit after it.
///
/// Belongs to the store's writer thread. A batch is everything placed between two calls of
/// `batchCommitted`: place bodies, `synchronize(with:)`, commit the names to LMDB, `batchCommitted`; or,
/// when the commit surely did not happen, `rollBack`. When it is unknown whether it did, do
/// neither: close the store, and the next start finds out.
package final class SegmentWriter {
    /// How far the batch had got. Valid until the batch ends.
    package struct Mark: Sendable {
        fileprivate let segment: UInt32?
        fileprivate let end: UInt64
        fileprivate let adopted: Int
    }

    private let directory: SegmentDirectory
    private let attached: AttachedSegments
    private let rolloverBytes: UInt64
    private let namedEnds: NamedEnds
    private var current: CurrentSegment?
    private var adopted: [(number: UInt32, spool: SpoolFile)] = []
    private var nextNumber: UInt32?
    /// Only the first segment may be one that is there already: looking what names it costs a
    /// reading of all names, which would hold up later batches.
    private var mayReopen = true
    private var mustSynchronizeDirectory = false
    /// A write or flush failed: what the segment holds behind its last flush is not known.
    private var isSuspect = false

    init(
        _ directory: SegmentDirectory, _ attached: AttachedSegments, rolloverBytes: UInt64,
        namedEnds: @escaping NamedEnds
    ) {
        self.directory = directory
        self.attached = attached
        self.rolloverBytes = rolloverBytes
        self.namedEnds = namedEnds
    }

    deinit { close() }

    /// Opens the segment to go on in, which otherwise the first body does: it costs one reading of
    /// what names bodies.
    package func prepare() throws(StoreError) { current = try currentSegment() }

    package var mark: Mark {
        Mark(segment: current?.number, end: current?.end ?? 0, adopted: adopted.count)
    }

    /// Stores an incoming body. One that was spooled becomes a segment of its own, without a copy.
    ///
    /// - Throws: `StoreError.diskFull` when there is no room for this body; those placed before
    ///   stay, and smaller ones may still find room.
    package func place(_ body: IncomingBody) throws(StoreError) -> BodyLocation {
        switch body.storage {
        case .memory(let bytes): try append(body.digest, bytes)
        case .spooled(let spool): try adopt(spool, sizeBytes: body.sizeBytes)
        }
    }

    /// Puts a body behind the last one. Its disk blocks are taken now, it is written with the batch.
    package func append(_ digest: BodyDigest, _ bytes: [UInt8]) throws(StoreError) -> BodyLocation {
        var segment = try currentSegment()
        // While the record is added nobody else holds the buffer, so it grows in place.
        current = nil
        defer { current = segment }
        return try segment.append(digest, bytes)
    }

    /// Makes every body of the batch as durable as the transaction that will name them: with it, when
    /// they are few and there is a journal, else by a flush now.
    ///
    /// - Throws: as `synchronize`.
    package func synchronize(
        with transaction: borrowing WriteTransaction
    ) throws(StoreError) {
        guard !mustSynchronizeDirectory, try attach(to: transaction) else {
            return try synchronize()
        }
    }

    private func attach(to transaction: borrowing WriteTransaction) throws(StoreError) -> Bool {
        guard current?.isBatchEmpty == false else { return true }
        do throws(StoreError) {
            guard try current?.attach(to: transaction) == true else { return false }
        } catch {
            isSuspect = true
            throw error
        }
        if let current { attached.wrote(current.number, current.file) }
        return true
    }

    /// Makes every body of the batch durable: at most one flush of data, and one of the folder when
    /// files were made.
    ///
    /// - Throws: `StoreError.diskFull`: roll back, and go on. Anything else: the disk has lost bytes
    ///   that it had taken; nothing of this batch may be committed, and the store must stop.
    package func synchronize() throws(StoreError) {
        do throws(StoreError) {
            try current?.synchronize()
            if mustSynchronizeDirectory { try directory.synchronizeSegments() }
            mustSynchronizeDirectory = false
        } catch {
            isSuspect = true
            throw error
        }
    }

    /// The names of everything placed are durable.
    package func batchCommitted() {
        adopted.removeAll()
        current?.endBatch()
    }

    /// Forgets what was placed since the mark; only when no commit can have named it.
    package func rollBack(to mark: Mark) {
        while adopted.count > mark.adopted, let last = adopted.popLast() {
            last.spool.wasGivenBack(from: directory.path(of: last.number))
        }
        guard let segment = current else { return }
        let end = segment.number == mark.segment ? mark.end : segment.batchStart
        current?.cut(to: end)
        if isSuspect { retire() }
    }

    /// Lets go of the current segment, cut to its last record, so that another writer may go on there.
    package func close() {
        if !isSuspect { retire() }
        current = nil
    }

    private func retire() {
        current?.trim()
        current = nil
        isSuspect = false
    }

    private func adopt(_ spool: SpoolFile, sizeBytes: UInt64) throws(StoreError) -> BodyLocation {
        let number = try directory.adopt(spool, from: try freeNumber())
        nextNumber = number < .max ? number + 1 : number
        adopted.append((number, spool))
        mustSynchronizeDirectory = true
        return BodyLocation(
            segment: number, offset: SegmentFormat.firstBodyOffset, sizeBytes: sizeBytes)
    }

    private func currentSegment() throws(StoreError) -> CurrentSegment {
        if let current {
            let isFull = current.end >= rolloverBytes
            // Within a batch a full segment goes on: a batch has one segment to flush and to cut.
            guard isFull && current.isBatchEmpty else { return current }
            retire()
        }
        if mayReopen, let reopened = try reopenLast() { return reopened }
        mayReopen = false
        let made = try directory.makeSegment(from: try freeNumber())
        nextNumber = made.number < .max ? made.number + 1 : made.number
        mustSynchronizeDirectory = true
        return CurrentSegment(number: made.number, file: made.file, end: SegmentFormat.headerEnd)
    }

    /// Goes on in the newest segment when nobody writes it, there is room in it, and its last whole
    /// body is a named one.
    private func reopenLast() throws(StoreError) -> CurrentSegment? {
        guard let number = try directory.numbers().last,
            let file = try directory.lockSegment(number)
        else { return nil }
        // Only now that its lock is ours is what names it complete. If that cannot be read, nothing
        // may be cut; a new segment serves as well.
        guard let ends = try? namedEnds() else { return nil }
        let tail = try SegmentTail(of: file, number: number, namedEnd: ends[number])
        guard tail.damage == nil, tail.end < rolloverBytes, try tail.unnamedBodies() == nil else {
            return nil
        }
        try tail.cut()
        mayReopen = false
        return CurrentSegment(number: number, file: file, end: tail.end)
    }

    private func freeNumber() throws(StoreError) -> UInt32 {
        if let nextNumber { return nextNumber }
        let last = try directory.numbers().last ?? 0
        return last < .max ? last + 1 : last
    }
}
