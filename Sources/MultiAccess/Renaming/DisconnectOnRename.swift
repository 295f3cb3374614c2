/// Renames, and sends those who have the mailbox open away: RFC 2180 §3.3.
///
/// Costs nothing. Hurts those clients, who must connect anew and find the mailbox; in return none of them
/// goes on under a name that means nothing any more.
package struct DisconnectOnRename: RenamingStrategy {
    package init() {}

    package func judge(_ renaming: MailboxRenaming) -> RenamingVerdict { .disconnectViewers }
}
