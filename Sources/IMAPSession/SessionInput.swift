import Authentication
import IMAPCodec
import MailboxStore

/// What a session is told.
package enum SessionInput: Sendable {
    /// The decoder's next event; only while `wantsClientEvents`.
    case client(CommandEvent)
    /// What an effect asked for.
    case answer(Answer)
    /// The client has taken what was written; only while `wantsRoom`.
    case room
    /// Something happened in the watched mailbox.
    case news
    /// The client has been silent for longer than RFC 9051 §5.4 allows for.
    case idleTimedOut
    /// The mailbox must be left at once: RFC 2180 §3.3, §5.
    case evicted(Eviction)
    case shutdown
    case connectionClosed
}

/// The answer to an effect: exactly one to each that asks for one.
package enum Answer: Sendable {
    /// To `submit`.
    case changed(ChangeOutcome)
    /// To `verify`.
    case verified(LoginResult)
    /// To `finishBody`.
    case body(Result<IncomingBody, StoreError>)
    /// To `run`: what the job's `perform` returned.
    case job(any Sendable)
}
