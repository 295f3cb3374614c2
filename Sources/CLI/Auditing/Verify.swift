import ArgumentParser
import Audit
import EventLog
import MailModel
import MailboxStore

/// `hindsight verify`.
struct Verify: ToolCommand {
    static let configuration = CommandConfiguration(
        abstract: "Check the log's digest chain, every message's bytes and the counters.",
        discussion: """
            Three checks, and what they find is printed, one defect a line:

              the log      every record is read and the digest chain computed anew: an altered,
                           dropped or exchanged record shows
              the bodies   every message's bytes are read and compared with the digest that names
                           them
              the mailboxes  the counters and rows of each agree with one another

            That records are missing at the log's end cannot be seen from the log itself: the last \
            line names its head, to be compared with one kept elsewhere. Whether the mailboxes are \
            what the log says is checked by `hindsight rebuild --compare`.

            It only looks, and works beside a running server. Exit status: 0 the store is sound, \
            1 it is not, 2 it could not be checked.
            """)

    @OptionGroup var location: StoreLocation

    func perform() throws {
        let store = try location.openForReading(damaged: .answerIsNo)
        defer { store.close() }
        var report = AuditReport()
        // Read first: the chain is checked at least that far.
        let head = try store.log.head()
        checkChain(of: store, head, &report)
        checkBodies(of: store, &report)
        checkMailboxes(of: store, &report)
        for defect in report.defects { print(Terminal.printable(defect)) }
        print(
            "checked \(report.recordsChecked) events, \(report.bodiesChecked) bodies, "
                + "\(report.mailboxesChecked) mailboxes with \(report.messagesChecked) messages")
        print("head \(head.position) \(head.digest)")
        guard report.isSound else {
            print("the store is damaged: \(report.defects.count) defects, see above")
            throw ExitCode.answerIsNo
        }
        print("the store is sound")
    }

    // What ends a check early is a defect too: nothing behind it was looked at.

    private func checkChain(
        of store: MailboxStore, _ head: LogHead, _ report: inout AuditReport
    ) {
        var line = ProgressLine()
        defer { line.clear() }
        do throws(EventLogError) {
            try ChainCheck.run(store, into: &report) { position in
                let bar = ProgressLine.bar(position.rawValue, of: head.position.rawValue)
                line.show("the log        \(bar)")
            }
        } catch {
            report.defects.append("the log could not be read to its end: \(error)")
        }
    }

    private func checkBodies(of store: MailboxStore, _ report: inout AuditReport) {
        var line = ProgressLine()
        defer { line.clear() }
        do throws(StoreError) {
            try BodyCheck.run(store, into: &report) { line.show("the bodies     \($0)") }
        } catch {
            report.defects.append("the bodies could not be read to their end: \(error)")
        }
    }

    private func checkMailboxes(of store: MailboxStore, _ report: inout AuditReport) {
        do throws(StoreError) {
            try InvariantCheck.run(store, into: &report)
        } catch {
            report.defects.append("the mailboxes could not be read to their end: \(error)")
        }
    }
}
