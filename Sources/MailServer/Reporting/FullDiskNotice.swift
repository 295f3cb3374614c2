import Logging
import MailboxStore
import NIOCore
import Synchronization

/// Logs that nothing more can be stored, once a minute at most: every APPEND meets it (F5, F8).
package final class FullDiskNotice: Sendable {
    private static let interval = TimeAmount.minutes(1)

    private let logger: Logger
    // Guards the time of the last line: connections of all event loops meet a full disk.
    private let last = Mutex<NIODeadline?>(nil)

    package init(_ logger: Logger) { self.logger = logger }

    /// A change failed for this reason, whatever it is.
    package func met(_ error: StoreError, at now: NIODeadline = .now()) {
        guard error.isFull else { return }
        let isDue = last.withLock { last in
            if let last, now - last < FullDiskNotice.interval { return false }
            last = now
            return true
        }
        guard isDue else { return }
        logger.error(
            "there is no room: mail is not taken until there is some",
            metadata: ["error": "\(error)"])
    }
}
