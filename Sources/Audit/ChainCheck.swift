import EventLog
import MailEvents
import MailModel
import MailboxStore

/// Recomputes the digest chain from the first record to the head: `Schemas/log.md`.
///
/// It finds an altered, dropped or exchanged record. That records are missing at the end is not to
/// be seen from the log itself: compare the head with one kept elsewhere.
package struct ChainCheck {
    private static let chunk = 512

    /// - Parameter progress: called with each position reached.
    package static func run(
        _ store: MailboxStore, into report: inout AuditReport,
        progress: (LogPosition) -> Void = { _ in }
    ) throws(EventLogError) {
        var position = LogPosition.start
        var link = ChainDigest.start
        var time = Int64.min
        var defects = 0
        while defects < AuditReport.defectLimit {
            let records = try store.log.records(after: position, limit: chunk)
            guard !records.isEmpty else { return }
            for record in records {
                for defect in check(record, after: position, link, &time) {
                    report.defects.append(defect)
                    defects += 1
                }
                link = record.value.withUnsafeBytes { StoredValue($0)?.digest } ?? link
                position = record.position
                report.recordsChecked += 1
            }
            progress(position)
        }
    }

    private static func check(
        _ record: LogRecord, after position: LogPosition, _ link: ChainDigest, _ time: inout Int64
    ) -> [String] {
        var defects: [String] = []
        if record.position != position.next {
            defects.append("position \(position.next): no record; the next is \(record.position)")
        }
        let fits = record.value.withUnsafeBytes { StoredValue($0)?.follows(link) ?? false }
        if !fits {
            defects.append("position \(record.position): the record does not fit the digest chain")
        }
        do throws(EventLogError) {
            let event = try record.decoded()
            if event.timeNanoseconds < time {
                defects.append("position \(record.position): its time lies before the last one's")
            }
            time = max(time, event.timeNanoseconds)
        } catch {
            defects.append("position \(record.position): \(error)")
        }
        return defects
    }
}
