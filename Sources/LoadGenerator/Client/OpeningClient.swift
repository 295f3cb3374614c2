/// Logs in, and selects a mailbox if one is named.
final class OpeningClient: Client {
    private enum Step { case login, select, done }

    private let mailbox: String?
    private var step = Step.login

    init(mailbox: String?) { self.mailbox = mailbox }

    var isDone: Bool { step == .done }

    func issue(_ session: Session) -> Bool {
        switch step {
        case .login:
            session.output.append("LOGIN \"")
            session.output.append(Array(session.account.name.utf8))
            session.output.append("\" \"")
            session.output.append(Array(session.account.password.utf8))
            session.output.append("\"\r\n")
            return true
        case .select:
            session.exists = 0
            session.output.append("SELECT ")
            session.output.append(Array((mailbox ?? "").utf8))
            session.output.append("\r\n")
            return true
        case .done: return false
        }
    }

    func finish(_ response: Response, _ session: Session) -> Bool {
        step = step == .login && mailbox != nil ? .select : .done
        return false
    }

    func refuse(_ response: Response, _ session: Session) throws(WrongAnswer) -> Bool {
        throw WrongAnswer(
            step == .login ? "a login" : "mailbox \(mailbox ?? "") to be selected", response)
    }
}
