import Glibc
import MailEvents
import Synchronization

/// A large body on its way in: a file in `incoming/` that is a segment already, with one record.
///
/// Removed with its last reference, unless the store has adopted it as a segment.
package final class SpoolFile: Sendable {
    let file: OpenFile
    private let adopted = Atomic<Bool>(false)

    init(in directory: SegmentDirectory) throws(StoreError) { file = try directory.makeIncoming() }

    deinit {
        if !adopted.load(ordering: .acquiring) { remove() }
    }

    /// Writes bytes of the body, `offset` bytes behind its beginning.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: UInt64) throws(StoreError) {
        try file.write(bytes, at: SegmentFormat.firstBodyOffset &+ offset)
    }

    /// Writes the rest of the body and the headers before it, and makes all durable.
    func finish(digest: BodyDigest, sizeBytes: UInt64, rest: [UInt8]) throws(StoreError) {
        try file.write(rest, at: SegmentFormat.firstBodyOffset &+ sizeBytes &- UInt64(rest.count))
        let header = SegmentRecordHeader(sizeBytes: sizeBytes, digest: digest)
        try file.write(SegmentFormat.fileHeader + header.encoded(), at: 0)
        let end = SegmentFormat.firstBodyOffset &+ sizeBytes
        try file.truncate(to: SegmentFormat.aligned(end) ?? end)
        try file.synchronize()
    }

    /// Shows the whole body, mapped rather than read: its lock keeps everybody from cutting this file.
    func withBody<Result>(
        sizeBytes: UInt64, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(StoreError) -> Result {
        let skipped = Int(SegmentFormat.firstBodyOffset)
        guard let size = Int(exactly: sizeBytes), size <= Int.max - skipped,
            try file.sizeBytes() >= UInt64(skipped + size)
        else { throw .body("\(file.path) is shorter than its body") }
        let address = mmap(nil, skipped + size, PROT_READ, MAP_PRIVATE, file.descriptor, 0)
        guard let address, address != MAP_FAILED else { throw file.failure("mmap") }
        defer { munmap(address, skipped + size) }
        let mapping = UnsafeRawBufferPointer(start: address, count: skipped + size)
        return body(UnsafeRawBufferPointer(rebasing: mapping[skipped...]))
    }

    /// Its bytes have a name in `segments/` now: the one in `incoming/` goes, the bytes stay.
    func wasAdopted() {
        adopted.store(true, ordering: .releasing)
        remove()
    }

    /// The adoption is taken back: the file returns to `incoming/`, and may be adopted again.
    func wasGivenBack(from path: String) {
        guard rename(path, file.path) == 0 else {
            unlink(path)
            return
        }
        adopted.store(false, ordering: .releasing)
    }

    // A name that could not be removed is removed by the next start's recovery.
    private func remove() { unlink(file.path) }
}
