import MailModel

/// Ghosts that no view can see any more left the projections. Their events and bodies stay.
package struct GhostsReclaimed: Hashable, Sendable {
    package var mailbox: MailboxID
    /// Only messages expunged at or before this position were reclaimed.
    package var through: LogPosition
    /// The mailbox itself was a ghost, and went with all that was in it.
    package var wholeMailbox: Bool
    /// The messages that went.
    package var uids: UIDSet

    package init(mailbox: MailboxID, through: LogPosition, wholeMailbox: Bool, uids: UIDSet) {
        self.mailbox = mailbox
        self.through = through
        self.wholeMailbox = wholeMailbox
        self.uids = uids
    }
}
