import LMDB
import MailEvents

/// Where a body's bytes lie: `Schemas/segments.md`.
package struct BodyLocation: Hashable, Sendable {
    /// The number of the segment file, 1 or more.
    package var segment: UInt32
    /// Where the body's first byte is in the file, behind its record header.
    package var offset: UInt64
    package var sizeBytes: UInt64

    package init(segment: UInt32, offset: UInt64, sizeBytes: UInt64) {
        self.segment = segment
        self.offset = offset
        self.sizeBytes = sizeBytes
    }

    /// The offset behind the last byte; nil when no file can be that large.
    package var end: UInt64? {
        let (end, overflow) = offset.addingReportingOverflow(sizeBytes)
        return overflow || end > UInt64(Int64.max) ? nil : end
    }
}

/// One row of the table `bodies`: digest (32 bytes) → where its bytes are, and how often it is used.
///
/// 24 bytes: segment u32 ‖ offset u64 ‖ length u64 ‖ uses u32.
package struct BodyRow: StoredRow, Hashable, Sendable {
    package var location: BodyLocation
    /// Appended messages that named this body: copies do not count, and the number never falls.
    package var uses: UInt32

    package init(location: BodyLocation, uses: UInt32) {
        self.location = location
        self.uses = uses
    }

    /// - Returns: nil when the bytes are no body row.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var row = RowReader(bytes)
        guard let segment: UInt32 = row.next(), let offset: UInt64 = row.next(),
            let sizeBytes: UInt64 = row.next(), let uses: UInt32 = row.next(), row.remaining == 0
        else { return nil }
        location = BodyLocation(segment: segment, offset: offset, sizeBytes: sizeBytes)
        guard location.end != nil else { return nil }
        self.uses = uses
    }

    package var rowBytes: Int { 24 }

    package func fill(_ row: inout RowWriter) {
        row.put(location.segment)
        row.put(location.offset)
        row.put(location.sizeBytes)
        row.put(uses)
    }
}

/// The key of a body's row: its digest.
package struct BodyKey: KeyCodable {
    let digest: BodyDigest

    package init(_ digest: BodyDigest) { self.digest = digest }

    @inline(__always)
    package func write(to key: inout KeyWriter) { digest.withUnsafeBytes { key.append($0) } }
}
