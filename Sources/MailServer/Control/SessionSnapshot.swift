import IMAPSession
import MailModel
import MailboxStore
import NIOCore

/// A session at one moment, for `who`.
struct SessionSnapshot: Sendable {
    let id: UInt64
    let address: String
    let user: String?
    let clientID: String
    let state: SessionState.Kind
    let isIdling: Bool
    let lastCommand: CommandKind?
    /// UTC in nanoseconds.
    let since: Int64
    /// Since the client last sent something.
    let silentSeconds: Int64
    let mailbox: Mailbox?

    struct Mailbox: Sendable {
        let id: MailboxID
        let readOnly: Bool
        /// The view's cursor.
        let seen: LogPosition
        let expunged: LogPosition
    }
}

extension IMAPConnection {
    /// nil once the session is over.
    var snapshot: SessionSnapshot? {
        guard session.state.isOpen else { return nil }
        let mailbox = session.state.selected.map { selected in
            SessionSnapshot.Mailbox(
                id: selected.view.mailbox, readOnly: selected.isReadOnly,
                seen: selected.view.seen, expunged: selected.view.expunged)
        }
        return SessionSnapshot(
            id: id, address: session.context.remoteAddress, user: session.state.user?.name,
            clientID: session.clientID, state: session.state.kind, isIdling: session.isIdling,
            lastCommand: lastCommand, since: since,
            silentSeconds: max(0, (loop.now - clock.input).nanoseconds / 1_000_000_000),
            mailbox: mailbox)
    }
}
