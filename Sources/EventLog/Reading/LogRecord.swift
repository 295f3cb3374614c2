import MailEvents
import MailModel

/// A record as it lies in the log: what a verifier recomputes and an export copies.
package struct LogRecord: Hashable, Sendable {
    package let position: LogPosition

    /// digest ‖ record bytes, to be taken apart by `StoredValue`.
    package let value: [UInt8]

    package init(position: LogPosition, value: [UInt8]) {
        self.position = position
        self.value = value
    }

    /// The event in the record, in the newest version. Whether the digest fits is not asked.
    package func decoded() throws(EventLogError) -> RecordedEvent {
        let result = value.withUnsafeBytes { value in
            Result { () throws(RecordError) in
                try EventCoder.decode(stored: value, at: position)
            }
        }
        return try RecordCoding.recording { () throws(RecordError) in try result.get() }
    }
}
