/// Appends letters to a mailbox as fast as one connection can: many in one command where that goes.
final class FillClient: Client {
    private let mailbox: [UInt8]
    private let letters: Letters
    private var next: Int
    private let end: Int
    private var command: AppendCommand?

    /// Limits of one command: a batch is one commit in most servers.
    private static let batchMessages = 200
    private static let batchBytes = 4 << 20

    /// - Parameter numbers: the letters' numbers.
    init(mailbox: String, letters: Letters, numbers: ClosedRange<Int>) {
        self.mailbox = Array(mailbox.utf8)
        self.letters = letters
        next = numbers.lowerBound
        end = numbers.upperBound + 1
    }

    func issue(_ session: Session) -> Bool {
        guard next < end else { return false }
        let batch = next..<batchEnd(session)
        next = batch.upperBound
        command = AppendCommand(to: mailbox, messages: batch, from: letters, session: session)
        return true
    }

    func resume(_ session: Session) throws(WrongAnswer) { try command?.resume(session) }

    func finish(_ response: Response, _ session: Session) -> Bool { false }

    private func batchEnd(_ session: Session) -> Int {
        guard session.traits.hasMultiAppend else { return next + 1 }
        let fitting = max(1, FillClient.batchBytes / letters.sizes.upperBound)
        return min(end, next + min(FillClient.batchMessages, fitting))
    }
}
