import Authentication
import IMAPCodec
import MailModel
import MailboxStore

/// LOGIN: RFC 9051 §6.2.3.
extension Session {
    mutating func login(_ command: LoginCommand, out: inout ResponseWriter) -> Step {
        guard context.allowsPlaintextLogin else { return .finished(.privacyRequired) }
        let attempt = LoginAttempt(
            name: command.user, password: command.password, mechanism: .login)
        return start(LoginExecution(attempt), out: &out)
    }
}

/// From an attempt to a logged-in session; the end of LOGIN and of AUTHENTICATE.
///
/// The delay after earlier failures (S9) and the hashing happen where the effect is performed.
struct LoginExecution: RunningCommand {
    private let attempt: LoginAttempt
    private var accountName = ""

    init(_ attempt: LoginAttempt) { self.attempt = attempt }

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            session.effects.append(.verify(attempt))
            return .waiting(for: .answer)
        case .answer(.verified(.accepted(let name))):
            accountName = name.string
            return findAccount(in: &session)
        case .answer(.verified(.rejected)):
            return .finished(session.loginFailed())
        case .answer(.verified(.unavailable)):
            return .finished(.no("Logins cannot be checked now", code: .unavailable))
        case .answer(.changed(.accepted(.accountCreated(let account), _))):
            return .finished(session.loggedIn(accountName, account))
        case .answer(.changed(.refused(.accountExists))):
            // Another session's first login was quicker.
            return findAccount(in: &session)
        case .answer(.changed(let outcome)):
            return .finished(session.failure(outcome) ?? .no("The account cannot be opened"))
        case .answer, .client, .room, .news:
            return .waiting(for: .answer)
        }
    }

    private func findAccount(in session: inout Session) -> Step {
        let name = accountName
        do throws(StoreError) {
            let account = try session.context.store.read { reader throws(StoreError) in
                try reader.account(named: name)
            }
            if let account { return .finished(session.loggedIn(name, account)) }
        } catch {
            return .finished(Completion(error))
        }
        guard session.context.createsAccounts else {
            return .finished(.no("There is no mail account of this name", code: .contactAdmin))
        }
        session.submit(CreateAccount(name: name), by: name)
        return .waiting(for: .answer)
    }
}

extension Session {
    mutating func loggedIn(_ name: String, _ account: AccountID) -> Completion {
        state = .authenticated(LoggedInUser(name: name, account: account))
        effects.append(.setParserLimits(context.limits.parserAfterLogin))
        return .ok("Logged in", code: .capability(capabilities))
    }

    /// S9: the third failure ends the connection.
    mutating func loginFailed() -> Completion {
        failedLogins += 1
        var completion = Completion.no(
            "The name or the password is wrong", code: .authenticationFailed)
        completion.endsWithBye =
            failedLogins >= context.limits.failedLogins
            ? "Too many failed logins" : nil
        return completion
    }
}

extension Completion {
    static let privacyRequired = Completion.no(
        "Passwords are taken over TLS or from this machine only", code: .privacyRequired)
}
