/// MOVE of 10 messages to another mailbox, over 10 connections of as many accounts: RFC 6851.
///
/// One operation is one MOVE. When the mailbox is empty, the other one is selected and its messages
/// are moved back; that SELECT belongs to the operation behind it.
struct MoveProfile: Profile {
    let name = "move"
    let about = "MOVE of 10 messages, 10 accounts"

    static let window = 10
    private static let mailboxes = ["move-here", "move-there"]

    private func count(_ bench: Bench) -> Int {
        bench.settings.scaled(500, least: 50) / MoveProfile.window * MoveProfile.window
    }

    func prepare(_ bench: Bench) throws {
        guard try bench.traits().hasMove else { throw LoadFailure("the server has no MOVE") }
        try bench.inAccounts(AccountNumbers.copies) { dialogue in
            for mailbox in MoveProfile.mailboxes { try dialogue.makeAnew(mailbox) }
            try dialogue.fill(
                FillClient(
                    mailbox: MoveProfile.mailboxes[0], letters: Letters(sizes: 2048...4096),
                    numbers: 1...count(bench)))
        }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        var measurement = try measureClosedLoop(
            bench,
            AccountNumbers.copies.map { number in
                let place = Place(
                    account: bench.accounts[number], mailbox: MoveProfile.mailboxes[0])
                return (place, MoveClient(MoveProfile.mailboxes, count: count(bench)))
            })
        measurement.parameters.append(("messagesPerOperation", Double(MoveProfile.window)))
        try bench.inAccounts(AccountNumbers.copies) { dialogue in
            let found = try MoveProfile.mailboxes.map { try dialogue.status(of: $0)?.messages ?? 0 }
            guard found[0] + found[1] == count(bench) else {
                throw WrongAnswer("\(count(bench)) messages in both", "\(found) MESSAGES")
            }
        }
        return measurement
    }

    func tidy(_ bench: Bench) throws {
        try bench.inAccounts(AccountNumbers.copies) { dialogue in
            for mailbox in MoveProfile.mailboxes { try dialogue.execute("DELETE \(mailbox)") }
        }
    }
}

/// Moves all messages of a mailbox to another, ten at a time, and back.
final class MoveClient: Client {
    private let names: [[UInt8]]
    private let count: Int
    private var selected = 0
    private var isSelecting = false
    private var expunged = 0

    init(_ mailboxes: [String], count: Int) {
        names = mailboxes.map { Array($0.utf8) }
        self.count = count
    }

    func issue(_ session: Session) -> Bool {
        expunged = 0
        isSelecting = session.exists == 0
        if isSelecting {
            selected = 1 - selected
            session.output.append("SELECT ")
            session.output.append(names[selected])
        } else {
            session.output.append("MOVE 1:")
            session.output.append(decimal: MoveProfile.window)
            session.output.append(byte: 0x20)
            session.output.append(names[1 - selected])
        }
        session.output.append("\r\n")
        return true
    }

    func receive(_ response: Response, _ session: Session) {
        if case .expunge = response.kind { expunged += 1 }
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        if isSelecting {
            guard session.exists == count else {
                throw WrongAnswer("\(count) EXISTS, not \(session.exists)", response)
            }
            return false
        }
        guard expunged == MoveProfile.window else {
            throw WrongAnswer("\(MoveProfile.window) EXPUNGEs, not \(expunged)", response)
        }
        return true
    }
}
