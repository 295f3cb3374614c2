import MailEvents
import MailModel

/// The store's one log: events in one total order, durable, chained, read from any position.
///
/// Every implementation holds to the same contract, which one test suite states: positions have no
/// gaps, times never run backwards, an append is all or nothing, and whoever lost the epoch writes
/// nothing more.
package protocol EventLog: Sendable {
    /// Raises the epoch: from now on every append under an older one is fenced.
    ///
    /// - Parameter owner: who takes the log, for people to read.
    func acquire(owner: String) throws(EventLogError) -> Epoch

    /// The epoch of whoever acquired the log last; a tool beside a server appends under it.
    func currentEpoch() throws(EventLogError) -> Epoch

    /// Appends all of the drafts, or none, right after a position.
    ///
    /// - Throws: what the storage could not do; then nothing was appended, except after
    ///   `LMDBError.Kind.commitFailed`, when only a restart can tell.
    func append(
        _ drafts: [EventDraft], epoch: Epoch, after: LogPosition
    ) throws(EventLogError) -> AppendOutcome

    /// The last record's place and link.
    func head() throws(EventLogError) -> LogHead

    /// The records that follow a position, at most `limit` of them, as their stored bytes.
    func records(after: LogPosition, limit: Int) throws(EventLogError) -> [LogRecord]

    /// The events that follow a position, at most `limit` of them.
    func entries(after: LogPosition, limit: Int) throws(EventLogError) -> [RecordedEvent]

    /// Blocks the calling thread until the head is past a position or the time is over.
    func waitForNews(
        after: LogPosition, timeoutSeconds: Double
    ) throws(EventLogError) -> LogHead

    /// Called within this process after every append that it makes or hears of.
    var signal: LogSignal { get }

    /// Marks everything up to a position as archived and never to be written again.
    func seal(through: LogPosition) throws(EventLogError)

    /// How far the log is sealed; `LogPosition.start` when nothing is.
    func sealedThrough() throws(EventLogError) -> LogPosition
}

extension EventLog {
    package func entries(
        after: LogPosition, limit: Int
    ) throws(EventLogError) -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        for record in try records(after: after, limit: limit) {
            events.append(try record.decoded())
        }
        return events
    }
}
