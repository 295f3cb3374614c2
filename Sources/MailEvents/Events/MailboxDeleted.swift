import MailModel

/// A mailbox was deleted: RFC 9051 §6.3.5. It stays, a ghost, to the views that have it open.
package struct MailboxDeleted: Hashable, Sendable {
    package var mailbox: MailboxID
    /// Its name at that moment.
    package var name: MailboxName

    package init(mailbox: MailboxID, name: MailboxName) {
        self.mailbox = mailbox
        self.name = name
    }
}
