import MailModel

/// A mailbox got another name: RFC 9051 §6.3.6.
///
/// One event a mailbox: those below it have each their own, in the same append.
package struct MailboxRenamed: Hashable, Sendable {
    package var mailbox: MailboxID
    package var from: MailboxName
    package var to: MailboxName

    package init(mailbox: MailboxID, from: MailboxName, to: MailboxName) {
        self.mailbox = mailbox
        self.from = from
        self.to = to
    }
}
