import MailModel

/// Ghosts were withdrawn from whoever could still read them: RFC 2180 §5. History and bodies stay.
package struct GhostsRevoked: Hashable, Sendable {
    package var mailbox: MailboxID
    /// The mailbox itself was a ghost, and went with all that was in it; others were disconnected.
    package var wholeMailbox: Bool
    /// The messages that went.
    package var uids: UIDSet

    package init(mailbox: MailboxID, wholeMailbox: Bool, uids: UIDSet) {
        self.mailbox = mailbox
        self.wholeMailbox = wholeMailbox
        self.uids = uids
    }
}
