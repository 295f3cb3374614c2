import MailModel
import MailTesting
import MailboxStore

/// Several sessions doing what comes to their minds in mailboxes that come and go, under policies that
/// change, and the model that says what must
/// come of it. The same seed makes the same play.
struct Play {
    let server: MemoryServer
    var random: SeededGenerator
    var mailboxes = [MailboxModel(name: "INBOX"), MailboxModel(name: "Work")]
    var names = NamesModel()
    var policies: PolicyWalk
    var players: [Player] = []
    var step = 0
    /// Who was shown a message as `\Recent`, by mailbox and UID; only sessions that may claim it.
    var recentHolders: [Place: Int] = [:]

    struct Place: Hashable {
        let mailbox: Int
        let uid: UInt32
    }

    /// Something was said or done that the model does not agree with.
    struct Disagreement: Error, CustomStringConvertible {
        let description: String
    }

    init(seed: UInt64, sessions: Int, policies: PolicyWalk) throws {
        self.policies = policies
        random = SeededGenerator(seed: seed)
        server = MemoryServer(try TestStore(in: .memory))
        for number in 1...sessions { players.append(try enter(number)) }
        _ = try players[0].say("CREATE Work", allowsExpunge: true)
        for (index, mailbox) in mailboxes.enumerated() { names.give(mailbox.name, to: index) }
    }

    func enter(_ number: Int) throws -> Player {
        var player = Player(server.connect())
        try player.hear(until: nil, allowsExpunge: false)
        let answer = try player.say(
            "LOGIN anna \(MemoryServer.password)", allowsExpunge: false)
        try expect(answer.condition == "OK", "LOGIN was refused")
        // Every second one hears of mod-sequences: RFC 7162 §3.1.
        if number.isMultiple(of: 2) {
            _ = try player.say("ENABLE CONDSTORE", allowsExpunge: false)
        }
        return player
    }

    /// Runs so many steps; then every session hears the rest, and store and log are compared.
    mutating func run(steps: Int) throws {
        let stepsPerPolicy = max(1, steps / policies.count)
        for _ in 0..<steps {
            step += 1
            if step % stepsPerPolicy == 1 || stepsPerPolicy == 1 {
                try server.test.perform(ChangePolicy(.store, .replace(policies.advance())))
            }
            policies.noteStep()
            let player = random.next(below: players.count)
            do {
                try act(player)
                try expectAllConnected()
                try learn(player)
                try hearIdlers()
                server.checkInvariants()
            } catch {
                throw Disagreement(description: report(error, of: player))
            }
            if step.isMultiple(of: 256) { forgetGhosts() }
        }
        for player in players.indices { try finish(player) }
        let differences = try server.store.compareProjections().differences
        try expect(differences.isEmpty, "store and log differ: \(differences)")
    }

    private mutating func finish(_ player: Int) throws {
        if players[player].isIdling { _ = try players[player].endIdle() }
        if players[player].mailbox != nil { try noop(player) }
    }

    private func report(_ error: any Error, of player: Int) -> String {
        let said = players[player].spoken.suffix(24).joined(separator: "\n    ")
        return
            "step \(step) under \(policies.described), session \(player + 1): \(error)\n    \(said)"
    }

    func expect(_ holds: Bool, _ message: @autoclosure () -> String) throws {
        if !holds { throw Disagreement(description: message()) }
    }

    /// Whether this is the answer that holds now.
    func answers(_ answer: PolicyAnswer) -> Bool { policies.answers.contains(answer) }

    // MARK: Choosing

    private mutating func act(_ player: Int) throws {
        if players[player].isIdling {
            // Staying there is what idling is about.
            if random.next(below: 4) == 0 { try endIdle(player) }
            return
        }
        guard let mailbox = players[player].mailbox else { return try select(player) }
        let isFull = mailboxes[mailbox].messages.count > 30
        switch random.next(below: 110) {
        case 0..<14: try append(player)
        case 14..<38: try store(player)
        case 38..<44: try expunge(player)
        case 44..<50: try uidExpunge(player)
        case 50..<55: try copy(player, moves: false)
        case 55..<61: try copy(player, moves: true)
        case 61..<72: try noop(player)
        case 72..<81: try fetch(player)
        case 81..<87: try search(player)
        case 87..<90: try select(player)
        case 90..<92: try close(player)
        case 92..<94: try conditionalStore(player)
        case 94..<97: try players[player].beginIdle()
        case 97..<101: try create(player)
        case 101..<103: try delete(player)
        case 103..<105: try rename(player)
        case 105..<107: try random.next(below: 2) == 0 ? status(player) : list(player)
        default: if isFull { try clear(player) } else { try noop(player) }
        }
    }

    // MARK: What always holds

    /// Whoever idles has been told already, whatever it was.
    private mutating func hearIdlers() throws {
        for player in players.indices where players[player].isIdling {
            try players[player].hear(until: nil, allowsExpunge: true)
            try expectKnowsMailbox(player, "while idling")
        }
    }

    /// The client knows the UID and flags of all that it was told exists; whatever else it knows is as
    /// the model has it.
    func expectKnowsMailbox(_ player: Int, _ moment: String) throws {
        guard let mailbox = players[player].mailbox else { return }
        let known = players[player].client.messages
        let real = mailboxes[mailbox].messages
        try expect(
            known.count == real.count,
            "session \(player + 1) \(moment): \(known.count) messages, not \(real.count)")
        for (one, other) in zip(known, real) {
            try expect(
                one.uid == nil || one.uid == other.uid,
                "session \(player + 1) \(moment): UID \(one.uid ?? 0), not \(other.uid)")
            try expect(
                one.flags == nil || one.flags == other.flags,
                "session \(player + 1) \(moment): UID \(other.uid) has \(one.flags ?? []), "
                    + "not \(other.flags)")
        }
    }

    /// Ghosts are kept for those who may still see them only.
    private mutating func forgetGhosts() {
        for index in mailboxes.indices {
            let seen = players.filter { $0.mailbox == index }.flatMap(\.client.uids)
            mailboxes[index].forgetGhosts(besides: Set(seen))
        }
    }
}

extension SeededGenerator {
    mutating func next(below bound: Int) -> Int { Int(next() % UInt64(max(bound, 1))) }

    mutating func pick<Element>(_ elements: [Element]) -> Element? {
        elements.isEmpty ? nil : elements[next(below: elements.count)]
    }

    /// Some of them, in order; at least one if there is any.
    mutating func some<Element>(of elements: [Element]) -> [Element] {
        switch next(below: 4) {
        case 0: return elements
        case 1: return pick(elements).map { [$0] } ?? []
        default:
            let share = next(below: 4) + 1
            var chosen: [Element] = []
            for element in elements where next(below: 5) < share { chosen.append(element) }
            return chosen.isEmpty ? pick(elements).map { [$0] } ?? [] : chosen
        }
    }
}
