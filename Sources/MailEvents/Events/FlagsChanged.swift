import MailModel

/// Flags of messages were changed: RFC 9051 §6.4.6.
package struct FlagsChanged: Hashable, Sendable {
    package var mailbox: MailboxID
    /// Not empty.
    package var uids: UIDSet
    package var operation: FlagOperation
    package var flags: FlagSet

    package init(mailbox: MailboxID, uids: UIDSet, operation: FlagOperation, flags: FlagSet) {
        self.mailbox = mailbox
        self.uids = uids
        self.operation = operation
        self.flags = flags
    }
}
