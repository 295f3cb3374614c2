import LMDB
import MailEvents
import MailModel

/// Appends events in the caller's own write transaction, so that deciding, appending and applying
/// are one commit.
///
/// The head was read in that transaction, and nothing in memory is moved on: when the transaction is
/// given up, so is the appender. After the commit, hand its head to `LMDBEventLog.didCommit`.
package struct LogAppender {
    /// The end of the log, as it will be when the transaction commits.
    package private(set) var head: LogHead

    private let table: LogTable

    init(head: LogHead, table: LogTable) {
        self.head = head
        self.table = table
    }

    /// Records a draft at the next position.
    ///
    /// - Parameters:
    ///   - nowNanoseconds: the time of day; the record's is the later of it and the last record's.
    ///   - transaction: the one that the appender was made in.
    package mutating func append(
        _ draft: EventDraft, nowNanoseconds: Int64, in transaction: borrowing WriteTransaction
    ) throws(EventLogError) -> RecordedEvent {
        let made = try RecordCoding.record(draft, after: head, now: nowNanoseconds)
        try table.append(made, in: transaction)
        head = made.event.head
        return made.event
    }
}
