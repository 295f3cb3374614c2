import LMDB
import MailModel

extension LMDBEventLog {
    /// How long news from other processes may stay unnoticed by `waitForNews`, in seconds.
    package static let tickSeconds = 0.25

    /// Looks whether another process has appended, and announces it; costs a read transaction.
    ///
    /// A server calls it on a slow tick.
    @discardableResult
    package func lookForNews() throws(EventLogError) -> LogHead {
        let head = try head()
        didCommit(head)
        return head
    }

    package func waitForNews(
        after: LogPosition, timeoutSeconds: Double
    ) throws(EventLogError) -> LogHead {
        let end = MonotonicTime.nowSeconds() + max(timeoutSeconds, 0)
        while true {
            let head = try lookForNews()
            let left = end - MonotonicTime.nowSeconds()
            guard head.position <= after, left > 0 else { return head }
            _ = signal.wait(after: after, timeoutSeconds: min(left, Self.tickSeconds))
        }
    }
}
