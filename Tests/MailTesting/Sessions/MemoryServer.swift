import Authentication
import IMAPSession
import MailModel
import MailboxStore
import Synchronization

/// A mail server without sockets: sessions over one store, driven by hand and by one thread.
///
/// Whatever a session asks for is done before the call that made it ask returns, so the same calls
/// give the same bytes. News of a watched mailbox reaches every session that idles before `send`
/// returns.
package final class MemoryServer {
    /// What every account's password is; an account is made at its first login.
    package static let password = "secret"

    package let test: TestStore
    package var limits = SessionLimits()
    package var allowsPlaintextLogin = true
    private(set) var sessions: [SessionRunner] = []

    private let evictions = Evictions()

    package init(_ test: TestStore) {
        self.test = test
        let evictions = evictions
        test.store.hub.whenEvicted { evictions.add($0, $1) }
    }

    package var store: MailboxStore { test.store }

    /// A client that has connected; what it was greeted with is its first output.
    package func connect() -> SessionRunner {
        let number = UInt64(sessions.count + 1)
        let context = SessionContext(
            store: store, sessionID: number, remoteAddress: "192.0.2.1:\(50_000 + number)",
            allowsPlaintextLogin: allowsPlaintextLogin, createsAccounts: true, limits: limits)
        let runner = SessionRunner(context, of: self)
        sessions.append(runner)
        return runner
    }

    func verify(_ attempt: LoginAttempt) -> LoginResult {
        DemoCredentials(password: MemoryServer.password).verify(attempt)
    }

    /// Wakes whoever watches a mailbox that something happened in, until nobody has news.
    func deliverNews() {
        for (eviction, numbers) in evictions.take() {
            for number in numbers { sessions[Int(number) - 1].leave(eviction) }
        }
        while let woken = sessions.first(where: { $0.takeNews() }) {
            woken.tellNews()
        }
    }

    /// - Precondition: what each view's own `checkInvariants` says.
    package func checkInvariants() {
        for session in sessions { session.checkInvariants() }
    }
}

/// Sessions that must leave, as the store's writer tells it on its own thread.
private final class Evictions: Sendable {
    private let waiting = Mutex<[(Eviction, Set<UInt64>)]>([])

    func add(_ eviction: Eviction, _ sessions: Set<UInt64>) {
        waiting.withLock { $0.append((eviction, sessions)) }
    }

    func take() -> [(Eviction, Set<UInt64>)] {
        waiting.withLock { waiting in
            defer { waiting = [] }
            return waiting
        }
    }
}
