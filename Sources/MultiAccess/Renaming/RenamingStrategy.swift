/// What becomes of RENAME while other sessions have the mailbox open: RFC 2180 §3.1, §3.3, §3.4.
///
/// Asked for each mailbox that moves, those below the named one included; one refusal refuses the
/// command. RENAME of INBOX moves messages and no mailbox, and is not asked about.
package protocol RenamingStrategy: Sendable {
    func judge(_ renaming: MailboxRenaming) -> RenamingVerdict
}

package struct MailboxRenaming: Hashable, Sendable {
    /// Sessions that have the mailbox open, without the one that renames.
    package let otherViewers: Int

    package init(otherViewers: Int) { self.otherViewers = otherViewers }
}

package enum RenamingVerdict: Hashable, Sendable {
    /// `NO [INUSE]`; the names stay.
    case refuse
    /// Rename; views stay open under the new name. With the hint, a command of those sessions that
    /// uses the old name is answered `NO [NEWNAME old new]`.
    case follow(hintsNewName: Bool)
    /// Rename; who has it open is sent `* BYE` and disconnected.
    case disconnectViewers
}
