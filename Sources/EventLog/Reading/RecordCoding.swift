import MailEvents
import MailModel

/// Makes records that follow a head.
enum RecordCoding {
    /// An event and the value that the log keeps of it.
    struct Made {
        let event: RecordedEvent
        let value: [UInt8]
    }

    /// The record that follows `head`: at the next position, with a time not before the last one.
    static func record(
        _ draft: EventDraft, after head: LogHead, now: Int64
    ) throws(EventLogError) -> Made {
        guard head.position < .greatest else { throw .beyondHead(head.position) }
        let position = head.position.next
        let time = max(now, head.timeNanoseconds)
        let encoded = try recording { () throws(RecordError) in
            try EventCoder.encodeStored(
                draft, position: position, timeNanoseconds: time, after: head.digest)
        }
        let event = RecordedEvent(
            position: position, timeNanoseconds: time,
            account: draft.recordedAccount(at: position),
            mailbox: draft.recordedMailbox(at: position), actor: draft.actor, cause: draft.cause,
            event: draft.event, schemaVersion: EventCoder.schemaVersion, digest: encoded.digest)
        return Made(event: event, value: encoded.value)
    }

    /// Runs what may fail in a record, and tells its error as the log's.
    static func recording<Result>(
        _ body: () throws(RecordError) -> Result
    ) throws(EventLogError) -> Result {
        do throws(RecordError) { return try body() } catch { throw .record(error) }
    }
}

extension LogPosition {
    /// The last position there can be.
    static let greatest = LogPosition(UInt64(Int64.max))
}

extension RecordedEvent {
    /// The head of a log that ends with this event.
    package var head: LogHead {
        LogHead(position: position, digest: digest, timeNanoseconds: timeNanoseconds)
    }
}
