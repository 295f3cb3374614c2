import MailModel

/// A mailbox was deleted: RFC 9051 §6.3.5. It may stay, a ghost, to the views that have it open.
package struct MailboxDeleted: Hashable, Sendable {
    package var mailbox: MailboxID
    /// Its name at that moment.
    package var name: MailboxName
    /// Others who had it open were disconnected: RFC 2180 §3.3. Otherwise it became their ghost, §3.2.
    package var disconnects: Bool

    package init(mailbox: MailboxID, name: MailboxName, disconnects: Bool = false) {
        self.mailbox = mailbox
        self.name = name
        self.disconnects = disconnects
    }
}
