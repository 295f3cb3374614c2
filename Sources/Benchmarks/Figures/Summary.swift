import MIME
import MailEvents

extension Figure {
    /// What an event loop does with a message before the writer gets it.
    static let summary = Figure(
        name: "summary", about: "SHA-256 and MessageSummary of a 4 KB message"
    ) { settings in
        let message = SampleMail.bytes(1)
        let count = settings.scaled(20_000)
        let hashing = settings.duration("summary", "SHA-256 of 4 KB", count: count) {
            cost { for _ in 0..<count { keep(BodyDigest(hashing: message)) } }
        }
        let summing = settings.duration("summary", "MessageSummary of 4 KB, encoded", count: count)
        {
            cost {
                for _ in 0..<count {
                    message.withUnsafeBytes { keep(MessageSummary(of: $0).encoded()) }
                }
            }
        }
        return [hashing, summing]
    }
}
