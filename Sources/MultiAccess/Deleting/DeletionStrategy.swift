/// What becomes of DELETE while other sessions have the mailbox open: RFC 2180 §3.
package protocol DeletionStrategy: Sendable {
    func judge(_ deletion: MailboxDeletion) -> DeletionVerdict
}

package struct MailboxDeletion: Hashable, Sendable {
    /// Sessions that have the mailbox selected or examined, without the one that deletes: that one
    /// gives up its own view first.
    package let otherViewers: Int

    package init(otherViewers: Int) { self.otherViewers = otherViewers }
}

package enum DeletionVerdict: Hashable, Sendable {
    /// `NO [INUSE]`; the mailbox stays.
    case refuse
    /// Delete it; who has it open goes on reading it until leaving.
    case keepGhost
    /// Delete it; who has it open is sent `* BYE` and disconnected.
    case disconnectViewers
}
