import Authentication
import NIOCore
import NIOPosix
import Synchronization

/// Where logins are checked: after the wait that earlier failures demand, on threads of their own.
///
/// Hashing costs milliseconds and is meant to, so searches and disks have other threads.
final class LoginDoor: Sendable {
    private let authenticator: any Authenticator
    private let threads: NIOThreadPool
    // Guards the failures of all addresses; never held while hashing.
    private let throttle = Mutex(LoginThrottle())

    init(_ authenticator: any Authenticator, threads: NIOThreadPool) {
        self.authenticator = authenticator
        self.threads = threads
    }

    /// Never blocks; `answer` is called on `eventLoop`.
    func check(
        _ attempt: LoginAttempt, from address: String, on eventLoop: any EventLoop,
        _ answer: @escaping @Sendable (LoginResult) -> Void
    ) {
        let key = LoginThrottle.Key(address: address, name: attempt.name)
        let delay = throttle.withLock { $0.delay(for: key, at: .now) }
        guard delay > .zero else { return verify(attempt, key, on: eventLoop, answer) }
        eventLoop.scheduleTask(in: TimeAmount(delay)) {
            self.verify(attempt, key, on: eventLoop, answer)
        }
    }

    private func verify(
        _ attempt: LoginAttempt, _ key: LoginThrottle.Key, on eventLoop: any EventLoop,
        _ answer: @escaping @Sendable (LoginResult) -> Void
    ) {
        threads.submit { state in
            let result: LoginResult =
                state == .active
                ? self.authenticator.verify(attempt) : .unavailable("the server is stopping")
            self.record(result, of: key)
            eventLoop.execute { answer(result) }
        }
    }

    private func record(_ result: LoginResult, of key: LoginThrottle.Key) {
        throttle.withLock { throttle in
            switch result {
            case .accepted: throttle.recordSuccess(of: key)
            case .rejected: throttle.recordFailure(of: key, at: .now)
            case .unavailable: break
            }
        }
    }
}
