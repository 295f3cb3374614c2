/// Whether messages may be expunged while other sessions have the mailbox open: RFC 2180 §4.1.
package protocol ExpungingStrategy: Sendable {
    func judge(_ expunging: Expunging) -> ExpungingVerdict
}

package struct Expunging: Hashable, Sendable {
    /// What asks for messages to be removed.
    package enum Cause: Hashable, Sendable {
        /// EXPUNGE and UID EXPUNGE.
        case expunge
        /// CLOSE, which cannot be refused: on refusal it closes and leaves the messages.
        case close
        /// MOVE (RFC 6851) out of the mailbox.
        case move
    }

    package let cause: Cause
    /// How many messages would go; more than 0.
    package let messages: Int
    /// Sessions that have the mailbox open, without the one that asks.
    package let otherViewers: Int

    package init(cause: Cause, messages: Int, otherViewers: Int) {
        self.cause = cause
        self.messages = messages
        self.otherViewers = otherViewers
    }
}

package enum ExpungingVerdict: Hashable, Sendable {
    case allow
    /// `NO [INUSE]`; every message stays.
    case refuse
}
