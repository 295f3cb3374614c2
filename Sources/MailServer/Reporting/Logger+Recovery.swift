import Logging
import MailboxStore

extension Logger {
    /// What opening the store found of the message bodies, and did to them.
    func report(_ recovery: SegmentRecovery) {
        for cut in recovery.cuts {
            info(
                "cut off what a crash left behind the last message body",
                metadata: ["segment": "\(cut.segment)", "bytes": "\(cut.sizeBytes)"])
        }
        for segment in recovery.removedSegments {
            info(
                "removed a segment that a crash left without a message body",
                metadata: ["segment": "\(segment)"])
        }
        for unnamed in recovery.unnamed {
            warning(
                """
                the log names none of these message bodies; they stay. A crash left them, and \
                nobody was told that they are stored, or the log is an older copy: then put the \
                newer one back
                """,
                metadata: [
                    "segment": "\(unnamed.segment)", "bodies": "\(unnamed.count)",
                    "bytes": "\(unnamed.sizeBytes)",
                ])
        }
        for damage in recovery.damage {
            error("message bodies are damaged", metadata: ["damage": "\(damage)"])
        }
    }
}
