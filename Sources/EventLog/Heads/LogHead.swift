import MailEvents
import MailModel

/// The end of the log: where the last record is, its link in the chain, and its time.
package struct LogHead: Hashable, Sendable {
    package let position: LogPosition
    package let digest: ChainDigest
    /// UTC, since 1970-01-01.
    package let timeNanoseconds: Int64

    /// The end of an empty log.
    package static let start = LogHead(position: .start, digest: .start, timeNanoseconds: 0)

    package init(position: LogPosition, digest: ChainDigest, timeNanoseconds: Int64) {
        self.position = position
        self.digest = digest
        self.timeNanoseconds = timeNanoseconds
    }
}
