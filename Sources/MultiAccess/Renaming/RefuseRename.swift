/// Renames no mailbox that somebody else has open, nor one above it: RFC 2180 §3.1.
///
/// Costs nothing. Hurts whoever tidies a busy account: one resting client keeps a whole tree in place.
package struct RefuseRename: RenamingStrategy {
    package init() {}

    package func judge(_ renaming: MailboxRenaming) -> RenamingVerdict {
        renaming.otherViewers > 0 ? .refuse : .follow(hintsNewName: false)
    }
}
