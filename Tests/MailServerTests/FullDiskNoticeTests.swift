import Logging
import MailServer
import MailboxStore
import NIOCore
import Synchronization
import Testing

/// F5: an operator hears of a full disk, and not once for every APPEND.
@Suite struct FullDiskNoticeTests {
    /// Keeps what is logged.
    private final class Lines: LogHandler {
        let texts = Mutex<[String]>([])
        var metadata: Logger.Metadata {
            get { [:] }
            set {}
        }
        var logLevel: Logger.Level {
            get { .trace }
            set {}
        }

        subscript(metadataKey _: String) -> Logger.Metadata.Value? {
            get { nil }
            set {}
        }

        func log(event: LogEvent) {
            texts.withLock { $0.append("\(event.message) \(event.metadata ?? [:])") }
        }
    }

    @Test func aFullDiskIsLoggedOnceAMinute() {
        let lines = Lines()
        let notice = FullDiskNotice(Logger(label: "test") { _ in lines })
        let start = NIODeadline.now()
        for seconds in 0..<120 {
            notice.met(
                .diskFull("write segments/00000001.seg"), at: start + .seconds(Int64(seconds)))
        }
        let logged = lines.texts.withLock { $0 }
        #expect(logged.count == 2)
        #expect(logged.allSatisfy { $0.contains("segments/00000001.seg") })
    }

    @Test func otherFailuresAreNotTakenForAFullDisk() {
        let lines = Lines()
        let notice = FullDiskNotice(Logger(label: "test") { _ in lines })
        for error in [StoreError.corrupt("a row"), .body("a file"), .stopped("closed")] {
            notice.met(error)
        }
        #expect(lines.texts.withLock { $0.isEmpty })
    }
}
