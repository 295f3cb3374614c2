import MailboxStore
import NIOCore

/// An idling session's watch of its mailbox: S20.
struct NewsWatch {
    var token: WatchToken?
    /// News are to be brought as soon as the client takes what it was sent.
    var isDue = false
    /// Already waiting for the end of the interval.
    var isLate = false
    private var last: NIODeadline?

    /// Whether news may be brought at once: the first of a burst.
    mutating func isFirst(at now: NIODeadline, interval: TimeAmount) -> Bool {
        if let last, now - last < interval { return false }
        last = now
        return true
    }

    mutating func brought(at now: NIODeadline) { last = now }
}
