import LMDB
import MailEvents
import MailModel
import Synchronization

extension LMDBEventLog {
    package func currentEpoch() throws(EventLogError) -> Epoch {
        let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
        return try meta.epoch(in: transaction)
    }

    package func head() throws(EventLogError) -> LogHead {
        let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
        return try head(in: transaction)
    }

    package func sealedThrough() throws(EventLogError) -> LogPosition {
        let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
        return try meta.sealed(in: transaction)
    }

    package func records(
        after: LogPosition, limit: Int
    ) throws(EventLogError) -> [LogRecord] {
        let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
        var records: [LogRecord] = []
        guard limit > 0 else { return records }
        try table.forEach(after: after, in: transaction) { row throws(EventLogError) in
            records.append(row.record)
            return records.count < limit
        }
        return records
    }

    package func entries(
        after: LogPosition, limit: Int
    ) throws(EventLogError) -> [RecordedEvent] {
        let transaction = try storing { () throws(LMDBError) in try environment.beginRead() }
        return try entries(after: after, limit: limit, in: transaction)
    }
}

// MARK: - In the caller's own transaction

extension LMDBEventLog {
    /// The end of the log as a transaction sees it. In the caller's own write transaction that is
    /// with what was appended in it.
    package func head(
        in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> LogHead {
        guard let last = try table.last(in: transaction) else { throw .noLog }
        let seen = lastSeen.withLock { $0 }
        let digest = try last.digest()
        if seen.position == last.position, seen.digest == digest { return seen }
        return try last.decoded().head
    }

    /// The event at a position, or nil when there is none.
    package func event(
        at position: LogPosition, in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> RecordedEvent? {
        try table.row(at: position, in: transaction)?.decoded()
    }

    /// The events that follow a position, at most `limit` of them.
    package func entries(
        after: LogPosition, limit: Int, in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        guard limit > 0 else { return events }
        try table.forEach(after: after, in: transaction) { row throws(EventLogError) in
            events.append(try row.decoded())
            return events.count < limit
        }
        return events
    }
}
