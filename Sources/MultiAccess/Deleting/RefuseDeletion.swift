/// Deletes no mailbox that somebody else has open: RFC 2180 §3.1.
///
/// Costs nothing. Hurts everybody where many clients rest in a mailbox: there may never be a moment at
/// which it can be deleted.
package struct RefuseDeletion: DeletionStrategy {
    package init() {}

    package func judge(_ deletion: MailboxDeletion) -> DeletionVerdict {
        deletion.otherViewers > 0 ? .refuse : .keepGhost
    }
}
