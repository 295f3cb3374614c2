import LMDB
import MailEvents
import MailModel

/// The store's `log` table: position → digest ‖ record. `Schemas/storage.md`, "log".
struct LogTable: Sendable {
    static let databaseName = "log"

    let database: Database

    /// A record's place and its value, borrowed from a transaction.
    struct Row {
        let position: LogPosition
        let value: UnsafeRawBufferPointer

        func decoded() throws(EventLogError) -> RecordedEvent {
            try RecordCoding.recording { () throws(RecordError) in
                try EventCoder.decode(stored: value, at: position)
            }
        }

        func digest() throws(EventLogError) -> ChainDigest {
            guard let stored = StoredValue(value) else {
                throw .damaged(position, reason: "it is too short to hold a digest")
            }
            return stored.digest
        }

        var record: LogRecord { LogRecord(position: position, value: [UInt8](value)) }
    }

    /// The last record, or nil while the log is empty.
    func last(in transaction: borrowing some Readable & ~Copyable) throws(EventLogError) -> Row? {
        guard let entry = try storing({ () throws(LMDBError) in try transaction.last(database) })
        else { return nil }
        var reader = KeyReader(entry.key)
        guard let number = reader.uint64(), reader.isAtEnd else {
            throw .damaged(.start, reason: "the last key is not a position")
        }
        return Row(position: LogPosition(number), value: entry.value)
    }

    /// The record at a position, or nil when there is none.
    func row(
        at position: LogPosition, in transaction: borrowing some Readable & ~Copyable
    ) throws(EventLogError) -> Row? {
        let value = try storing { () throws(LMDBError) in
            try transaction.get(database, position.rawValue)
        }
        return value.map { Row(position: position, value: $0) }
    }

    /// Calls `body` with the records that follow a position, in order, until it answers false.
    ///
    /// - Throws: `damaged` at the first position that is missing between two others.
    func forEach(
        after: LogPosition, in transaction: borrowing some Readable & ~Copyable,
        _ body: (Row) throws(EventLogError) -> Bool
    ) throws(EventLogError) {
        guard after < .greatest else { return }
        var scan = try storing { () throws(LMDBError) in
            try transaction.scan(database, from: after.next.rawValue)
        }
        var expected = after.next
        while let entry = try storing({ () throws(LMDBError) in try scan.next() }) {
            var reader = KeyReader(entry.key)
            guard reader.uint64() == expected.rawValue, reader.isAtEnd else {
                throw .damaged(expected, reason: "it is missing")
            }
            guard try body(Row(position: expected, value: entry.value)) else { return }
            expected = expected.next
        }
    }

    /// Writes the record that follows all others.
    func append(
        _ made: RecordCoding.Made, in transaction: borrowing WriteTransaction
    ) throws(EventLogError) {
        try storing { () throws(LMDBError) in
            try transaction.put(
                database, made.event.position.rawValue, made.value, mode: .append)
        }
    }
}
