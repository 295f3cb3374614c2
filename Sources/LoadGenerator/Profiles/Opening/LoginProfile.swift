/// A connection from its first packet to its last, 10 at once; one operation is one connection.
struct LoginProfile: Profile {
    let name: String
    let about: String
    /// Whether a mailbox is selected between LOGIN and LOGOUT.
    let selects: Bool

    private static let connections = 10

    private func mailbox(_ number: Int, _ bench: Bench) -> MailboxNeed {
        MailboxNeed(
            account: bench.accounts[number], name: "small", letters: Letters(size: 2048), count: 10)
    }

    func prepare(_ bench: Bench) throws {
        for number in AccountNumbers.logins { try mailbox(number, bench).fulfil(in: bench) }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let sessions = AccountNumbers.logins.map { number in
            let mailbox = mailbox(number, bench)
            return bench.loop.session(
                of: mailbox.account, client: LoginClient(mailbox: selects ? mailbox : nil))
        }
        defer { bench.close(sessions) }
        return try ClosedLoop(profile: name, bench: bench).measure(sessions) { try $0.open() }
    }

    static let all = [
        LoginProfile(
            name: "login", about: "connect, LOGIN, SELECT, LOGOUT, 10 at once", selects: true),
        LoginProfile(
            name: "login-only", about: "connect, LOGIN, LOGOUT, 10 at once", selects: false),
    ]
}

/// Connects, logs in, perhaps selects a mailbox, logs out and sees the connection closed.
final class LoginClient: Client {
    private enum Step { case opening, leaving, left }

    private let mailbox: MailboxNeed?
    private var opening: OpeningClient
    private var step = Step.opening
    private var hasBye = false

    init(mailbox: MailboxNeed?) {
        self.mailbox = mailbox
        opening = OpeningClient(mailbox: mailbox?.name)
    }

    func issue(_ session: Session) throws(WrongAnswer) -> Bool {
        if step == .opening {
            guard opening.isDone else { return opening.issue(session) }
            step = .leaving
            session.output.append("LOGOUT\r\n")
            return true
        }
        return false
    }

    func receive(_ response: Response, _ session: Session) {
        if response.kind == .bye { hasBye = true }
    }

    func finish(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        if step == .leaving {
            guard hasBye else { throw WrongAnswer("BYE before this", response) }
            step = .left
            return false
        }
        _ = opening.finish(response, session)
        if opening.isDone, let mailbox, session.exists != mailbox.count {
            throw WrongAnswer("\(mailbox.count) EXISTS, not \(session.exists)", response)
        }
        return false
    }

    func closed(_ session: Session) throws -> Bool {
        guard step == .left else {
            throw LoadFailure("the server closed a connection before LOGOUT was answered")
        }
        opening = OpeningClient(mailbox: mailbox?.name)
        step = .opening
        hasBye = false
        return true
    }
}
