import MailModel

/// An event as the log holds it, with its place, its moment and its link in the chain.
package struct RecordedEvent: Hashable, Sendable {
    package var position: LogPosition
    /// UTC, since 1970-01-01; never less than that of the record before.
    package var timeNanoseconds: Int64
    /// For `accountCreated` the account it created.
    package var account: AccountID?
    /// For `mailboxCreated` the mailbox it created.
    package var mailbox: MailboxID?
    package var actor: Actor
    package var cause: Cause
    package var event: MailEvent
    /// The version in which the record was written; `event` is always in the newest.
    package var schemaVersion: UInt32
    /// `HashChain.next` of the record before and this record's bytes.
    package var digest: ChainDigest

    package init(
        position: LogPosition, timeNanoseconds: Int64, account: AccountID?, mailbox: MailboxID?,
        actor: Actor, cause: Cause, event: MailEvent, schemaVersion: UInt32, digest: ChainDigest
    ) {
        self.position = position
        self.timeNanoseconds = timeNanoseconds
        self.account = account
        self.mailbox = mailbox
        self.actor = actor
        self.cause = cause
        self.event = event
        self.schemaVersion = schemaVersion
        self.digest = digest
    }
}
