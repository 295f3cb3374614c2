import MailModel

/// Who holds a view: what `who` prints and policies about other sessions go by.
package struct SessionIdentity: Hashable, Sendable {
    /// Unique within the process.
    package let id: UInt64
    package let user: String
    /// The client's address and port; empty when there is none.
    package let remoteAddress: String

    package init(id: UInt64, user: String, remoteAddress: String = "") {
        self.id = id
        self.user = user
        self.remoteAddress = remoteAddress
    }
}

/// One open view at one moment.
package struct ViewerSnapshot: Hashable, Sendable {
    package let owner: SessionIdentity
    package let mailbox: MailboxID
    /// EXAMINE, not SELECT.
    package let readOnly: Bool
    package let seen: LogPosition
    package let expunged: LogPosition
}
