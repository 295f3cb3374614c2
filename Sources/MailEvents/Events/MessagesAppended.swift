import MailModel

/// Messages entered a mailbox from outside: RFC 9051 §6.3.12, RFC 3502.
///
/// The `EmailID` of each is the position of this event and the message's index in `messages`.
package struct MessagesAppended: Hashable, Sendable {
    package var mailbox: MailboxID
    /// Not empty; UIDs ascend.
    package var messages: [AppendedMessage]

    package init(mailbox: MailboxID, messages: [AppendedMessage]) {
        self.mailbox = mailbox
        self.messages = messages
    }
}

/// One message of an append.
package struct AppendedMessage: Hashable, Sendable {
    package var uid: UID
    /// The name of its bytes in the body store.
    package var digest: BodyDigest
    package var sizeBytes: UInt64
    package var internalDate: InternalDate
    package var flags: FlagSet

    package init(
        uid: UID, digest: BodyDigest, sizeBytes: UInt64, internalDate: InternalDate, flags: FlagSet
    ) {
        self.uid = uid
        self.digest = digest
        self.sizeBytes = sizeBytes
        self.internalDate = internalDate
        self.flags = flags
    }
}
