import MailModel

/// An event that has been decided and not yet recorded: it has no position and no time.
package struct EventDraft: Hashable, Sendable {
    /// The account whose mail it is; nil for events of the whole store.
    ///
    /// For `accountCreated` leave it nil: the account's ID is the event's own position, and
    /// `EventCoder` fills it in. Likewise `mailbox` for `mailboxCreated`.
    package var account: AccountID?
    /// The mailbox in whose history the event belongs; nil where there is none.
    ///
    /// Of `messagesCopied` and `messagesMoved` it is the destination.
    package var mailbox: MailboxID?
    package var actor: Actor
    package var cause: Cause
    package var event: MailEvent

    package init(
        account: AccountID?, mailbox: MailboxID?, actor: Actor, cause: Cause, event: MailEvent
    ) {
        self.account = account
        self.mailbox = mailbox
        self.actor = actor
        self.cause = cause
        self.event = event
    }
}
