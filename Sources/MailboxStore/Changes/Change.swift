import EventLog
import MailEvents
import MailModel

/// A wish put to the store. Deciding it is pure: state and arguments in, events or a refusal out.
package protocol Change: Sendable {
    /// Decides against the state left by everything decided before.
    ///
    /// - Throws: only when the state cannot be read; a wish that may not be granted is a refusal.
    func decide(on state: borrowing StoreState) throws(StoreError) -> Decision

    /// Messages whose bytes must be durable before the events are.
    var bodies: [IncomingBody] { get }

    /// It makes the store grow, so it is refused where little room is left; what helps to delete is
    /// not.
    var needsRoom: Bool { get }
}

extension Change {
    package var needsRoom: Bool { false }
    package var bodies: [IncomingBody] { [] }
}

/// The answer to a change.
package enum Decision: Sendable {
    /// The events, in order, and what the one who asked is told. Event k gets the position
    /// `state.nextPosition` + k. No events: nothing needed doing.
    case accept([ScopedEvent], ChangeResult)
    case refuse(Refusal)
}

/// An event and what it is about.
package struct ScopedEvent: Sendable {
    package let account: AccountID?
    package let mailbox: MailboxID?
    package let event: MailEvent

    package init(account: AccountID?, mailbox: MailboxID?, _ event: MailEvent) {
        self.account = account
        self.mailbox = mailbox
        self.event = event
    }
}

/// What an accepted change tells the one who asked.
package enum ChangeResult: Hashable, Sendable {
    case done
    case accountCreated(AccountID)
    case mailboxCreated(MailboxID)
    /// UIDs in the order of the messages given: APPENDUID of RFC 4315.
    case appended(mailbox: MailboxID, uidValidity: UIDValidity, uids: UIDSet)
    /// Source and destination UIDs correspond in ascending order: COPYUID of RFC 4315.
    case copied(uidValidity: UIDValidity, source: UIDSet, destination: UIDSet)
    /// `changed`: whose flags differ now. `failed`: UNCHANGEDSINCE did not hold (RFC 7162 §3.1.3).
    /// `expunged`: asked for, but ghosts or gone.
    case flagsChanged(changed: UIDSet, failed: UIDSet, expunged: UIDSet)
    case expunged(UIDSet)
    /// `more`: another slice of ghosts may go.
    case reclaimed(more: Bool)
}

/// Why the store will not do what was asked. Turned into NO and its code in one place.
package enum Refusal: Hashable, Sendable {
    case noSuchAccount(String)
    case accountExists(String)
    case noSuchMailbox(String)
    /// NO [TRYCREATE]: RFC 9051 §6.3.12, §6.4.7.
    case noSuchDestination(String)
    case mailboxExists(String)
    /// Policy says that others are using the mailbox: RFC 2180 §3.1, §4.1.4.
    case mailboxInUse(String)
    /// A ghost still holds the name: RFC 2180 §3.2.
    case nameInUse(String)
    /// Some of the messages were expunged meanwhile, and the change is for all or none.
    case messagesExpunged
    /// The message, or the mailbox, is no ghost: it can be expunged or deleted first.
    case notExpunged(String)
    case mailboxDeleted(String)
    case cannotDeleteInbox
    case cannotRenameInto(String)
    case hasChildren(String)
    case specialUseTaken(String)
    case noUIDsLeft(String)
    /// The mailbox's keyword table is full.
    case tooManyKeywords(limit: Int)
    case messageTooLarge(limitBytes: UInt64)
}

/// What becomes of a change that was put to the writer.
package enum ChangeOutcome: Sendable {
    /// Durable. `position` is the head after its events.
    case accepted(ChangeResult, position: LogPosition)
    case refused(Refusal)
    /// The world failed; nothing was done.
    case failed(StoreError)
}
