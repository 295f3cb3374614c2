/// Changes the name and nothing else, and tells the new one to who uses the old: RFC 2180 §3.4.
///
/// Costs nothing. Hurts clients that keep the name beside the open mailbox: until they ask, they show
/// the old one.
package struct FollowRename: RenamingStrategy {
    package init() {}

    package func judge(_ renaming: MailboxRenaming) -> RenamingVerdict {
        .follow(hintsNewName: true)
    }
}
