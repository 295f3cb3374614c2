/// The answers chosen to the questions of RFC 2180.
///
/// Whoever decides asks the policy and carries out its verdict; nobody asks which answer was chosen.
/// The store asks, while deciding a change: deleting, names, renaming, expunging. A session asks,
/// before it carries out a command on its view: fetching, storing, searching, copying.
package struct MultiAccessPolicy: Sendable {
    package var deleting: any DeletionStrategy
    package var names: any GhostNameStrategy
    package var renaming: any RenamingStrategy
    package var expunging: any ExpungingStrategy
    package var fetching: any ExpungedFetchStrategy
    package var storing: any ExpungedStoreStrategy
    package var searching: any ExpungedSearchStrategy
    package var copying: any ExpungedCopyStrategy

    package init(
        deleting: any DeletionStrategy = GhostMailbox(),
        names: any GhostNameStrategy = ReservedName(),
        renaming: any RenamingStrategy = FollowRename(),
        expunging: any ExpungingStrategy = AllowExpunge(),
        fetching: any ExpungedFetchStrategy = ServeGhosts(),
        storing: any ExpungedStoreStrategy = StoreRemaining(),
        searching: any ExpungedSearchStrategy = OmitGhosts(),
        copying: any ExpungedCopyStrategy = CopyGhosts()
    ) {
        self.deleting = deleting
        self.names = names
        self.renaming = renaming
        self.expunging = expunging
        self.fetching = fetching
        self.storing = storing
        self.searching = searching
        self.copying = copying
    }

    /// Nobody is refused, nobody is disconnected, nobody finds a hole in what they were shown; costs
    /// disk until the slowest view has been told.
    package static let patient = MultiAccessPolicy()

    /// Whether any answer reads expunged messages, so that they must be kept for the views that have
    /// not been told. Otherwise they may go as soon as retention lets them.
    package var keepsGhosts: Bool {
        fetching.readsGhosts || searching.readsGhosts || copying.readsGhosts
    }
}

/// How the tagged response to a command on expunged messages ends.
///
/// A `no` of this kind carries `[EXPUNGEISSUED]` (RFC 5530 §3): the client may want to send NOOP.
package enum TaggedVerdict: Hashable, Sendable {
    case ok
    case no
}
