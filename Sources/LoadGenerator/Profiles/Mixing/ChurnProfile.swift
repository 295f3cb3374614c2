/// Ten sessions in one mailbox, each appending a letter, marking it \Deleted and expunging, again and
/// again; one operation is one command.
///
/// In the end every session must know of the same messages as STATUS, each once and in order.
struct ChurnProfile: Profile {
    let name = "churn"
    let about = "10 sessions in one mailbox: APPEND, STORE, EXPUNGE"

    private static let sessions = 10
    private static let mailbox = "churn"
    /// What lies in the mailbox beside the letters that come and go.
    private static let residents = 200

    func prepare(_ bench: Bench) throws {
        guard try bench.traits().hasUIDPlus else { throw LoadFailure("the server has no UIDPLUS") }
        try inAccount(bench) { dialogue in
            try dialogue.makeAnew(ChurnProfile.mailbox)
            try dialogue.fill(
                FillClient(
                    mailbox: ChurnProfile.mailbox, letters: Letters(size: 2048),
                    numbers: 1...ChurnProfile.residents))
        }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let account = bench.accounts[AccountNumbers.churn]
        let place = Place(account: account, mailbox: ChurnProfile.mailbox)
        let sessions = try bench.open(Array(repeating: place, count: ChurnProfile.sessions))
        defer { bench.close(sessions) }
        let letters = NumberedLetters(size: 4096)
        let clients = sessions.indices.map { index in
            ChurnClient(
                AppendClient(
                    mailbox: ChurnProfile.mailbox, letters: letters, client: index,
                    of: sessions.count))
        }
        for (session, client) in zip(sessions, clients) { session.client = client }
        let measurement = try ClosedLoop(profile: name, bench: bench).measure(sessions)
        try compare(sessions, unmarked: clients.count(where: \.hasUnmarkedLetter), bench)
        return measurement
    }

    func tidy(_ bench: Bench) throws {
        try inAccount(bench) { try $0.execute("DELETE \(ChurnProfile.mailbox)") }
    }

    /// No letter may be lost, and none may stay that was marked: whatever a session was not told.
    private func compare(_ sessions: [Session], unmarked: Int, _ bench: Bench) throws {
        try inAccount(bench) { dialogue in
            try dialogue.execute("SELECT \(ChurnProfile.mailbox)")
            try dialogue.execute("EXPUNGE")
            try dialogue.expect(ChurnProfile.residents + unmarked, in: ChurnProfile.mailbox)
        }
        for session in sessions {
            session.client = CensusClient()
            try session.start()
        }
        try bench.loop.run(waitingFor: "the census") { bench.loop.busySessions == 0 }
        try inAccount(bench) { dialogue in
            for session in sessions {
                try dialogue.expect(session.exists, in: ChurnProfile.mailbox)
            }
        }
    }

    private func inAccount(_ bench: Bench, _ body: (Dialogue) throws -> Void) throws {
        try bench.inAccounts(AccountNumbers.churn..<AccountNumbers.churn + 1, body)
    }
}

/// Appends a letter, marks it as deleted, expunges whatever is marked, and so on.
final class ChurnClient: Client {
    private enum Step { case append, store, expunge }

    private let appender: AppendClient
    private var step = Step.expunge

    init(_ appender: AppendClient) { self.appender = appender }

    /// The letter appended last is there to stay.
    var hasUnmarkedLetter: Bool { step == .append }

    func issue(_ session: Session) throws(WrongAnswer) -> Bool {
        switch step {
        case .append:
            step = .store
            session.output.append("UID STORE ")
            session.output.append(decimal: appender.lastUID)
            session.output.append(" +FLAGS (\\Deleted)\r\n")
            return true
        case .store:
            step = .expunge
            session.output.append("EXPUNGE\r\n")
            return true
        case .expunge:
            step = .append
            return appender.issue(session)
        }
    }

    func resume(_ session: Session) throws(WrongAnswer) { try appender.resume(session) }

    /// Others' letters are told of in between. Ours need not be: another session may have expunged
    /// it before the answer was made. Whether it was marked is found in the end.
    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        guard case .fetch(let message) = response.kind else { return }
        guard (1...max(1, session.exists)).contains(message) else {
            throw WrongAnswer("one of \(session.exists) messages", response)
        }
        var items = response.fetchItems
        var uid = 0
        var isDeleted: Bool?
        while let item = items.next() {
            if item.isNamed("UID") { uid = item.number ?? 0 }
            if item.isNamed("FLAGS") { isDeleted = item.value.position(of: "\\Deleted") != nil }
        }
        guard items.endedWell else { throw WrongAnswer("a whole FETCH response", response) }
        guard step == .store, uid == appender.lastUID else { return }
        guard isDeleted == true else { throw WrongAnswer("\\Deleted", response) }
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        step == .append ? try appender.finish(response, session) : true
    }
}

/// Hears what is new, then asks for every UID, and checks that each message has one, in order.
final class CensusClient: Client {
    private enum Step { case noop, fetch, done }

    private var step = Step.noop
    private var received = 0
    private var lastUID = 0

    func issue(_ session: Session) -> Bool {
        switch step {
        case .noop: session.output.append("NOOP\r\n")
        case .fetch: session.output.append("FETCH 1:* (UID)\r\n")
        case .done: return false
        }
        return true
    }

    func receive(_ response: Response, _ session: Session) throws(WrongAnswer) {
        guard step == .fetch, case .fetch(let message) = response.kind else { return }
        var items = response.fetchItems
        guard let item = items.next(), item.isNamed("UID"), let uid = item.number else { return }
        guard message == received + 1, uid > lastUID else {
            throw WrongAnswer("message \(received + 1) with a UID above \(lastUID)", response)
        }
        received = message
        lastUID = uid
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        if step == .fetch, received != session.exists {
            throw WrongAnswer("UIDs of \(session.exists) messages, not \(received)", response)
        }
        step = step == .noop && session.exists > 0 ? .fetch : .done
        return false
    }
}
