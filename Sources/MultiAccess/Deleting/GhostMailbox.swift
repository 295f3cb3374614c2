/// Deletes the mailbox and keeps it for those who have it open: RFC 2180 §3.2.
///
/// Costs the mailbox's disk until the last of them leaves. Hurts whoever deletes to withdraw what the
/// mailbox holds: those already inside go on reading it.
package struct GhostMailbox: DeletionStrategy {
    package init() {}

    package func judge(_ deletion: MailboxDeletion) -> DeletionVerdict { .keepGhost }
}
