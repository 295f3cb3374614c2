/// UID COPY of 10 messages to another mailbox, over 10 connections of as many accounts.
///
/// One operation is one command.
struct CopyProfile: Profile {
    let name = "copy"
    let about = "COPY of 10 messages, 10 accounts"

    static let window = 10
    private static let target = "copy-target"

    private func source(_ number: Int, _ bench: Bench) -> MailboxNeed {
        let count = bench.settings.scaled(1000, least: 100)
        return MailboxNeed(
            account: bench.accounts[number], name: "copy-source-\(count)",
            letters: Letters(sizes: 2048...4096), count: count)
    }

    func prepare(_ bench: Bench) throws {
        for number in AccountNumbers.copies { try source(number, bench).fulfil(in: bench) }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        try bench.inAccounts(AccountNumbers.copies) { try $0.makeAnew(CopyProfile.target) }
        let clients = AccountNumbers.copies.map { number in
            let source = source(number, bench)
            return (
                place: Place(account: source.account, mailbox: source.name),
                client: CopyClient(from: source, to: CopyProfile.target, seed: UInt64(number))
            )
        }
        var measurement = try measureClosedLoop(bench, clients.map { ($0.place, $0.client) })
        measurement.parameters.append(("messagesPerOperation", Double(CopyProfile.window)))
        for client in clients {
            let dialogue = try bench.dialogue(client.place.account)
            defer { dialogue.close() }
            try dialogue.expect(client.client.copied, in: CopyProfile.target)
        }
        return measurement
    }

    func tidy(_ bench: Bench) throws {
        try bench.inAccounts(AccountNumbers.copies) {
            try $0.execute("DELETE \(CopyProfile.target)")
        }
    }
}

/// Copies runs of messages at random places.
final class CopyClient: Client {
    /// How many messages were copied so far.
    private(set) var copied = 0
    private let target: [UInt8]
    private let source: MailboxNeed
    private var random: Random

    init(from source: MailboxNeed, to target: String, seed: UInt64) {
        self.source = source
        self.target = Array(target.utf8)
        random = Random(seed: seed)
    }

    func issue(_ session: Session) -> Bool {
        let first = 1 + random.below(source.count - CopyProfile.window + 1)
        session.output.append("UID COPY ")
        session.output.append(decimal: first)
        session.output.append(":")
        session.output.append(decimal: first + CopyProfile.window - 1)
        session.output.append(byte: 0x20)
        session.output.append(target)
        session.output.append("\r\n")
        return true
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        copied += CopyProfile.window
        if session.traits.hasUIDPlus, response.bytes.position(of: "[COPYUID ") == nil {
            throw WrongAnswer("COPYUID", response)
        }
        return true
    }
}
