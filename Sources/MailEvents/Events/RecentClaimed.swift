import MailModel

/// A session was told that messages are `\Recent`; no other session will be: RFC 3501 §2.3.2.
package struct RecentClaimed: Hashable, Sendable {
    package var mailbox: MailboxID
    /// Every message with this UID or a lower one has been claimed.
    package var through: UID

    package init(mailbox: MailboxID, through: UID) {
        self.mailbox = mailbox
        self.through = through
    }
}
