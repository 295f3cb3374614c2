import MIME
import MailEvents

/// A message on its way into the store: its bytes, and what was made of them already.
package struct IncomingBody: Sendable {
    package enum Storage: Sendable {
        case memory([UInt8])
        /// Durable already, as a segment that waits for its number.
        case spooled(SpoolFile)
    }

    package let digest: BodyDigest
    package let sizeBytes: UInt64
    /// `MessageSummary.encoded()` of the message.
    package let summary: [UInt8]
    package let storage: Storage

    init(digest: BodyDigest, sizeBytes: UInt64, summary: [UInt8], storage: Storage) {
        self.digest = digest
        self.sizeBytes = sizeBytes
        self.summary = summary
        self.storage = storage
    }

    /// A message that is in memory as a whole: for tools and tests.
    package init(of bytes: [UInt8]) {
        digest = BodyDigest(hashing: bytes)
        sizeBytes = UInt64(bytes.count)
        summary = bytes.withUnsafeBytes { MessageSummary(of: $0).encoded() }
        storage = .memory(bytes)
    }
}
