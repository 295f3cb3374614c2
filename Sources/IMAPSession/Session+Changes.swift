import IMAPCodec
import MailEvents
import MailModel
import MailboxStore
import NIOCore

/// Putting changes to the store in the session's name.
extension Session {
    /// Asks for a change; the command goes on with `.answer(.changed(…))`.
    package mutating func submit(_ change: any Change, by user: String? = nil) {
        effects.append(.submit(change, actor(user), cause))
    }

    /// Asks for a change that nobody waits for.
    package mutating func submitQuietly(_ change: any Change) {
        effects.append(.submitQuietly(change, actor(nil), cause))
    }

    /// Asks for anything else; the command says what it waits for.
    package mutating func ask(_ effect: SessionEffect) { effects.append(effect) }

    /// Whether a producer has written as much as may wait for the client (S21).
    package func isFull(_ out: borrowing ResponseWriter) -> Bool {
        out.buffer.readableBytes >= context.limits.outHighWaterBytes
    }

    /// Who this session is to the views and to `who`.
    package func identity(of user: LoggedInUser) -> SessionIdentity {
        SessionIdentity(
            id: context.sessionID, user: user.name, remoteAddress: context.remoteAddress)
    }

    private func actor(_ user: String?) -> Actor {
        Actor(
            user: user ?? state.user?.name ?? "", session: String(context.sessionID),
            address: context.remoteAddress, protocolName: "imap", clientID: clientID,
            tag: current?.tag ?? "")
    }

    private var cause: Cause { Cause(command: current?.kind.rawValue ?? "") }
}

/// A command that is one change and its answer: CREATE, RENAME, SUBSCRIBE …
struct SingleChange: RunningCommand {
    let change: any Change
    /// What is said, and done to the session, when it was accepted.
    let accepted: (inout Session, ChangeResult) -> Completion

    func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            session.submit(change)
            return .waiting(for: .answer)
        case .answer(.changed(.accepted(let result, _))):
            return .finished(accepted(&session, result))
        case .answer(.changed(let outcome)):
            return .finished(session.failure(outcome) ?? .no("The change was not made"))
        case .answer, .client, .room, .news:
            return .waiting(for: .answer)
        }
    }
}
