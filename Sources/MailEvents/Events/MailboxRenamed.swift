import MailModel

/// A mailbox got another name: RFC 9051 §6.3.6.
///
/// One event a mailbox: those below it have each their own, in the same append.
package struct MailboxRenamed: Hashable, Sendable {
    package var mailbox: MailboxID
    package var from: MailboxName
    package var to: MailboxName
    /// Others who had it open were disconnected: RFC 2180 §3.3. Otherwise they go on in it, §3.4.
    package var disconnects: Bool

    package init(
        mailbox: MailboxID, from: MailboxName, to: MailboxName, disconnects: Bool = false
    ) {
        self.mailbox = mailbox
        self.from = from
        self.to = to
        self.disconnects = disconnects
    }
}
