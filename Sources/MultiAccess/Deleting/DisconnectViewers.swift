/// Deletes the mailbox and sends those who have it open away: RFC 2180 §3.3.
///
/// Costs nothing, and keeps nothing readable. Hurts those clients: whatever they were about ends with a
/// BYE, IDLE and half-read messages included.
package struct DisconnectViewers: DeletionStrategy {
    package init() {}

    package func judge(_ deletion: MailboxDeletion) -> DeletionVerdict { .disconnectViewers }
}
