import MailEvents
import MailModel

/// Reads a log from a position to its end, however long it is.
///
/// Takes a chunk at a time, so that no read transaction is open between two calls.
///
///     var reader = LogReader(log)
///     while let event = try reader.next() { … }
///
/// After nil, `next` looks again: a reader can follow a log that grows.
package struct LogReader<Log: EventLog> {
    /// Records a chunk.
    package static var chunkLength: Int { 256 }

    /// The position of the last event given.
    package private(set) var position: LogPosition

    private let log: Log
    private var chunk: ArraySlice<RecordedEvent> = []

    package init(_ log: Log, after position: LogPosition = .start) {
        self.log = log
        self.position = position
    }

    /// The next event, or nil at the end of the log as it is now.
    package mutating func next() throws(EventLogError) -> RecordedEvent? {
        if chunk.isEmpty {
            chunk = try log.entries(after: position, limit: Self.chunkLength)[...]
        }
        guard let event = chunk.popFirst() else { return nil }
        position = event.position
        return event
    }
}
