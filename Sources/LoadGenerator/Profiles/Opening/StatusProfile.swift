/// STATUS of one of 50 mailboxes after the other, over 10 connections; one operation is one STATUS.
struct StatusProfile: Profile {
    let name = "status-50"
    let about = "STATUS of 50 mailboxes, one after the other"

    private static let connections = 10
    private static let mailboxes = 50

    private func mailbox(_ index: Int, _ bench: Bench) -> MailboxNeed {
        MailboxNeed(
            account: bench.accounts[AccountNumbers.status], name: "status-\(index)",
            letters: Letters(size: 2048), count: 10 + index % 5)
    }

    func prepare(_ bench: Bench) throws {
        for index in 0..<StatusProfile.mailboxes { try mailbox(index, bench).fulfil(in: bench) }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let mailboxes = (0..<StatusProfile.mailboxes).map { mailbox($0, bench) }
        var measurement = try measureClosedLoop(
            bench,
            (0..<StatusProfile.connections).map { index in
                (
                    Place(account: bench.accounts[AccountNumbers.status]),
                    StatusClient(mailboxes, startingAt: index * 5)
                )
            })
        measurement.parameters.append(("mailboxes", Double(mailboxes.count)))
        return measurement
    }
}

/// Asks for each mailbox's numbers in turn, and checks them.
final class StatusClient: Client {
    private let names: [[UInt8]]
    private let expected: [(messages: Int, unseen: Int)]
    private var place: Int
    private var received = 0

    init(_ mailboxes: [MailboxNeed], startingAt place: Int) {
        names = mailboxes.map { Array($0.name.utf8) }
        expected = mailboxes.map { ($0.count, Letters.count($0.count, where: Letters.isUnseen)) }
        self.place = place
    }

    func issue(_ session: Session) -> Bool {
        received = 0
        place = (place + 1) % names.count
        session.output.append("STATUS ")
        session.output.append(names[place])
        session.output.append(" (MESSAGES UIDNEXT UIDVALIDITY UNSEEN)\r\n")
        return true
    }

    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        guard response.kind == .status else { return }
        let (messages, unseen) = expected[place]
        guard let status = MailboxStatus(response), status.messages == messages,
            status.unseen == unseen, status.nextUID == messages + 1
        else { throw WrongAnswer("\(messages) messages, \(unseen) unseen", response) }
        received += 1
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        guard received == 1 else { throw WrongAnswer("one STATUS, not \(received)", response) }
        return true
    }
}
