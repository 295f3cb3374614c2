/// Changes the name and nothing else; the new one may be told to who uses the old: RFC 2180 §3.4.
///
/// Costs nothing. Hurts clients that keep the name beside the open mailbox: until they ask, they show
/// the old one. Without the hint their next command by name only says that there is no such mailbox; with
/// it, whoever guesses an old name learns the new one.
package struct FollowRename: RenamingStrategy {
    private let hintsNewName: Bool

    package init(hintsNewName: Bool = true) { self.hintsNewName = hintsNewName }

    package func judge(_ renaming: MailboxRenaming) -> RenamingVerdict {
        .follow(hintsNewName: hintsNewName)
    }
}
