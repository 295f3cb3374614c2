import MailEvents

/// The bytes of a segment file: a file header, then records, each a header and a body.
///
/// The authority is `Schemas/segments.md`.
package enum SegmentFormat {
    /// What every segment begins with; a later format will have another number in it.
    package static let fileHeader = Array("hindsight seg 1\n".utf8)
    /// Records begin at multiples of this.
    package static let alignmentBytes: UInt64 = 8
    /// A segment that has reached this size is followed by a new one.
    package static let rolloverBytes: UInt64 = 256 << 20
    /// Where the first record begins.
    static let headerEnd = UInt64(fileHeader.count)
    /// Where the first record's body is.
    static let firstBodyOffset = UInt64(fileHeader.count + SegmentRecordHeader.sizeBytes)

    /// The first offset at or behind `offset` at which a record may begin; nil beyond all files.
    static func aligned(_ offset: UInt64) -> UInt64? {
        guard offset <= UInt64(Int64.max) - alignmentBytes else { return nil }
        return (offset + alignmentBytes - 1) & ~(alignmentBytes - 1)
    }
}

/// What stands before a body: 56 bytes.
package struct SegmentRecordHeader: StoredRow, Hashable, Sendable {
    package var sizeBytes: UInt64
    package var digest: BodyDigest

    package static let sizeBytes = 56
    /// 0x89, "BODY", CR, LF and the version; no mail that came as text holds it.
    package static let magic: [UInt8] = [0x89, 0x42, 0x4F, 0x44, 0x59, 0x0D, 0x0A, 0x01]
    private static let checkedBytes = 48

    package init(sizeBytes: UInt64, digest: BodyDigest) {
        self.sizeBytes = sizeBytes
        self.digest = digest
    }

    /// - Returns: nil unless the bytes begin with a whole header whose checksum holds.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var row = RowReader(bytes)
        guard let magic = row.next(count: 8), magic.elementsEqual(SegmentRecordHeader.magic),
            let sizeBytes: UInt64 = row.next(), let digestBytes = row.next(count: 32),
            let digest = BodyDigest(bytes: digestBytes), let checksum: UInt64 = row.next(),
            checksum == SegmentRecordHeader.checksum(bytes.prefix(SegmentRecordHeader.checkedBytes))
        else { return nil }
        self.init(sizeBytes: sizeBytes, digest: digest)
    }

    package var rowBytes: Int { SegmentRecordHeader.sizeBytes }

    package func fill(_ row: inout RowWriter) {
        row.put(bytes: SegmentRecordHeader.magic)
        row.put(sizeBytes)
        digest.withUnsafeBytes { row.put(bytes: $0) }
        row.put(SegmentRecordHeader.checksum(row.written))
    }

    /// FNV-1a, 64 bits: any single changed byte gives another sum.
    private static func checksum(_ bytes: some Sequence<UInt8>) -> UInt64 {
        bytes.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01B3 }
    }
}
