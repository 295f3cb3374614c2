import MailModel

/// A name left the account's subscriptions: RFC 9051 §6.3.8.
package struct MailboxUnsubscribed: Hashable, Sendable {
    /// There need not be a mailbox of that name.
    package var name: MailboxName

    package init(name: MailboxName) {
        self.name = name
    }
}
