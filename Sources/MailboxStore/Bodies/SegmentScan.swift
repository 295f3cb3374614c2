import Glibc
import MailEvents

/// Walks the records of one segment, for rebuilding and verifying.
///
/// Behind damage it looks for the next record that is whole. What it finds so is believed only when
/// its bytes have its digest, for a mail may hold bytes that look like a record.
package struct SegmentScan {
    package enum Finding: Hashable, Sendable {
        /// A record whose header holds, and whose bytes have its digest if bytes are verified.
        case body(BodyDigest, BodyLocation)
        /// Bytes that are no record: an interrupted write, or damage.
        case damaged(path: String, offsets: Range<UInt64>, reason: String)
    }

    private let segment: UInt32
    private let file: OpenFile
    private let end: UInt64
    /// Where a record begins; nil: behind the file's header, which is then checked.
    private let first: UInt64?
    private let verifyingBytes: Bool
    /// Whether the caller's end of the segment lies behind the file's.
    private let isCutShort: Bool

    private static let chunkBytes = 1 << 20

    /// - Parameter end: where to stop, as in `NamedEnds`; nil for the end of the file.
    init(_ segment: UInt32, at path: String, end: UInt64?, verifyingBytes: Bool) throws(StoreError)
    {
        self.segment = segment
        self.verifyingBytes = verifyingBytes
        first = nil
        file = try OpenFile(opening: path, flags: O_RDONLY)
        let sizeBytes = try file.sizeBytes()
        self.end = min(sizeBytes, end ?? sizeBytes)
        isCutShort = sizeBytes < end ?? 0
    }

    /// The records from an offset to the file's end, with their bytes verified.
    init(_ segment: UInt32, of file: OpenFile, from first: UInt64) throws(StoreError) {
        self.segment = segment
        self.file = file
        self.first = first
        verifyingBytes = true
        end = try file.sizeBytes()
        isCutShort = false
    }

    func run(_ visit: (Finding) throws(StoreError) -> Void) throws(StoreError) {
        var offset = try start(visit)
        // Once it has been guessed where a record begins, no header is believed for itself.
        var isGuessing = false
        while offset < end {
            if let header = try header(at: offset) {
                let step = try visitRecord(header, at: offset, mustVerify: isGuessing, visit)
                offset = step.next
                if !step.isSure { isGuessing = true }
                continue
            }
            let search = try nextHeader(after: offset)
            guard search.found < end || search.metBytes else { break }
            try visit(damage(offset..<search.found, "no record"))
            offset = search.found
            isGuessing = true
        }
        if isCutShort { try visit(damage(end..<end, "the file ends before its last named body")) }
    }

    /// Where the records begin; reports a file header that is none.
    private func start(_ visit: (Finding) throws(StoreError) -> Void) throws(StoreError) -> UInt64 {
        if let first { return first }
        let header = try file.read(count: SegmentFormat.fileHeader.count, at: 0)
        if header != SegmentFormat.fileHeader {
            try visit(damage(0..<UInt64(header.count), "no segment header"))
        }
        return SegmentFormat.headerEnd
    }

    private func header(at offset: UInt64) throws(StoreError) -> SegmentRecordHeader? {
        let bytes = try file.read(count: SegmentRecordHeader.sizeBytes, at: offset)
        return bytes.withUnsafeBytes { SegmentRecordHeader($0) }
    }

    /// - Returns: where the next record begins, and whether that is sure.
    private func visitRecord(
        _ header: SegmentRecordHeader, at offset: UInt64, mustVerify: Bool,
        _ visit: (Finding) throws(StoreError) -> Void
    ) throws(StoreError) -> (next: UInt64, isSure: Bool) {
        let location = BodyLocation(
            segment: segment, offset: offset + UInt64(SegmentRecordHeader.sizeBytes),
            sizeBytes: header.sizeBytes)
        let headerEnd = location.offset
        guard let bodyEnd = location.end, bodyEnd <= end,
            let next = SegmentFormat.aligned(bodyEnd)
        else {
            try visit(damage(offset..<headerEnd, "the body of \(header.digest) is cut short"))
            return (headerEnd, false)
        }
        if verifyingBytes || mustVerify {
            guard try BodyStore.digest(of: location, in: file) == header.digest else {
                try visit(damage(offset..<bodyEnd, "the body of \(header.digest) is altered"))
                return mustVerify ? (headerEnd, false) : (next, true)
            }
        }
        try visit(.body(header.digest, location))
        return (next, true)
    }

    /// Looks for the next whole header behind `offset`.
    ///
    /// - Returns: where it is, or the end, and whether any byte from `offset` on was not zero.
    private func nextHeader(
        after offset: UInt64
    ) throws(StoreError) -> (found: UInt64, metBytes: Bool) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: SegmentScan.chunkBytes, alignment: 8)
        defer { buffer.deallocate() }
        var metBytes = false
        var chunk = offset
        while chunk < end {
            let count = Int(min(UInt64(buffer.count), end - chunk))
            let part = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
            let read = try file.read(into: part, at: chunk)
            guard read > 0 else { break }
            let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<read])
            for place in stride(from: 0, to: read, by: Int(SegmentFormat.alignmentBytes)) {
                guard !SegmentScan.isZero(bytes, at: place) else { continue }
                metBytes = true
                let candidate = chunk + UInt64(place)
                guard candidate > offset, SegmentScan.isMagic(bytes, at: place),
                    try header(at: candidate) != nil
                else { continue }
                return (candidate, true)
            }
            chunk += UInt64(read)
        }
        return (end, metBytes)
    }

    private static func isZero(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
        guard place + 8 <= bytes.count else { return bytes[place...].allSatisfy { $0 == 0 } }
        return bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self) == 0
    }

    private static func isMagic(_ bytes: UnsafeRawBufferPointer, at place: Int) -> Bool {
        place + 8 <= bytes.count
            && bytes[place..<(place + 8)].elementsEqual(SegmentRecordHeader.magic)
    }

    private func damage(_ offsets: Range<UInt64>, _ reason: String) -> Finding {
        .damaged(path: file.path, offsets: offsets, reason: reason)
    }
}
