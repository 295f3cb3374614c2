import MailModel

/// The answers chosen to the questions of RFC 2180, as what they do.
///
/// Whoever decides asks the policy and carries out its verdict; nobody asks which answer was chosen.
/// The store asks, while deciding a change: deleting, names, renaming, expunging. A session asks,
/// before it carries out a command on its view: fetching, storing, searching, copying.
package struct MultiAccessPolicy: Sendable {
    package private(set) var deleting: any DeletionStrategy = GhostMailbox()
    package private(set) var names: any GhostNameStrategy = ReservedName()
    package private(set) var renaming: any RenamingStrategy = FollowRename()
    package private(set) var expunging: any ExpungingStrategy = AllowExpunge()
    package private(set) var fetching: any ExpungedFetchStrategy = ServeGhosts()
    package private(set) var storing: any ExpungedStoreStrategy = StoreRemaining()
    package private(set) var searching: any ExpungedSearchStrategy = OmitGhosts()
    package private(set) var copying: any ExpungedCopyStrategy = CopyGhosts()

    /// - Parameter choices: where they say nothing, `PolicyPreset.patient` holds.
    package init(_ choices: PolicyLayer = PolicyLayer()) {
        for answer in choices.over(PolicyPreset.patient.answers).answers { choose(answer) }
    }

    /// The one table from an answer to the strategy that is it.
    private mutating func choose(_ answer: PolicyAnswer) {
        switch answer {
        case .refuseDeletion: deleting = RefuseDeletion()
        case .keepGhostMailbox: deleting = GhostMailbox()
        case .disconnectOnDeletion: deleting = DisconnectViewers()
        case .reserveName: names = ReservedName()
        case .reuseName: names = ReusableName()
        case .refuseRename: renaming = RefuseRename()
        case .disconnectOnRename: renaming = DisconnectOnRename()
        case .followRename: renaming = FollowRename()
        case .followRenameWithoutHint: renaming = FollowRename(hintsNewName: false)
        case .allowExpunge: expunging = AllowExpunge()
        case .refuseExpunge: expunging = RefuseExpunge()
        case .serveGhosts: fetching = ServeGhosts()
        case .fetchRemaining: fetching = FetchRemaining()
        case .answerNIL: fetching = AnswerNIL()
        case .storeRemaining: storing = StoreRemaining()
        case .storeNothing: storing = StoreNothing()
        case .omitGhosts: searching = OmitGhosts()
        case .includeGhosts: searching = IncludeGhosts()
        case .refuseCopy: copying = RefuseCopy()
        case .copyGhosts: copying = CopyGhosts()
        }
    }
}

/// How the tagged response to a command on expunged messages ends.
///
/// A `no` of this kind carries `[EXPUNGEISSUED]` (RFC 5530 §3): the client may want to send NOOP.
package enum TaggedVerdict: Hashable, Sendable {
    case ok
    case no
}
