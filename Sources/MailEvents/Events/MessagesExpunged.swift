import MailModel

/// Messages were removed: RFC 9051 §6.4.3. They stay, ghosts, to the views not yet told.
package struct MessagesExpunged: Hashable, Sendable {
    package var mailbox: MailboxID
    /// Not empty.
    package var uids: UIDSet

    package init(mailbox: MailboxID, uids: UIDSet) {
        self.mailbox = mailbox
        self.uids = uids
    }
}
