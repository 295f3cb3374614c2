import MailEvents
import MailModel

/// What all copies of a message share: the name of its bytes and its ready-made wire forms.
///
/// Valid only within the transaction that gave the bytes.
package struct SummaryRow {
    package let digest: BodyDigest
    /// What `MIME.StoredSummary` reads.
    package let stored: UnsafeRawBufferPointer

    /// - Returns: nil when the bytes are no summary row.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var row = RowReader(bytes)
        guard let name = row.next(count: 32), let digest = BodyDigest(bytes: name) else {
            return nil
        }
        self.digest = digest
        stored = row.rest()
    }
}

/// A summary row to be written.
struct NewSummary: StoredRow {
    let digest: BodyDigest
    /// `MIME.MessageSummary.encoded()`.
    let stored: [UInt8]

    var rowBytes: Int { DigestBytes.count + stored.count }

    func fill(_ row: inout RowWriter) {
        digest.withUnsafeBytes { row.put(bytes: $0) }
        row.put(bytes: stored)
    }
}
