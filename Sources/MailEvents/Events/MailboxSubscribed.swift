import MailModel

/// A name joined the account's subscriptions: RFC 9051 §6.3.7.
package struct MailboxSubscribed: Hashable, Sendable {
    /// There need not be a mailbox of that name.
    package var name: MailboxName

    package init(name: MailboxName) {
        self.name = name
    }
}
