/// Fetches the whole of one message at random, and checks its size, and of some every byte.
final class FetchBodyClient: Client {
    private let mailbox: MailboxNeed
    private var random: Random
    private var uid = 1
    private var received = 0
    private var issued = 0
    private let expected = ByteQueue(capacity: 65_536)

    /// A message in this many is compared byte for byte.
    private static let comparedEvery = 64

    init(of mailbox: MailboxNeed, seed: UInt64) {
        self.mailbox = mailbox
        random = Random(seed: seed)
    }

    func issue(_ session: Session) -> Bool {
        uid = 1 + random.below(mailbox.count)
        received = 0
        issued += 1
        session.output.append("UID FETCH ")
        session.output.append(decimal: uid)
        session.output.append(" (BODY.PEEK[])\r\n")
        return true
    }

    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        guard case .fetch = response.kind else { return }
        var items = response.fetchItems
        var foundUID = 0
        var body: UnsafeRawBufferPointer?
        while let item = items.next() {
            if item.isNamed("UID") { foundUID = item.number ?? 0 }
            if item.isNamed("BODY[]") { body = item.value }
        }
        guard items.endedWell, foundUID == uid, let body else {
            throw WrongAnswer("BODY[] of UID \(uid)", response)
        }
        received += 1
        guard body.count == mailbox.letters.size(of: uid) else {
            throw WrongAnswer("a body of \(mailbox.letters.size(of: uid)) bytes", response)
        }
        if issued % FetchBodyClient.comparedEvery == 1 { try compare(body, response) }
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        guard received == 1 else { throw WrongAnswer("one body, not \(received)", response) }
        return true
    }

    private func compare(
        _ body: UnsafeRawBufferPointer, _ response: Response
    ) throws(WrongAnswer) {
        expected.truncate(to: 0)
        mailbox.letters.write(uid, to: expected)
        guard body.equals(expected.bytes) else {
            throw WrongAnswer("letter \(uid), byte for byte", response)
        }
    }
}
