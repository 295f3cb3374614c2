/// An answer to a `PolicyQuestion`. What it does is a strategy of its own in `MultiAccess`.
package enum PolicyAnswer: UInt32, CaseIterable, Hashable, Sendable {
    case refuseDeletion = 11
    case keepGhostMailbox = 12
    case disconnectOnDeletion = 13

    case reserveName = 21
    case reuseName = 22

    case refuseRename = 31
    case disconnectOnRename = 32
    case followRename = 33
    case followRenameWithoutHint = 34

    case allowExpunge = 41
    case refuseExpunge = 42

    case serveGhosts = 51
    case fetchRemaining = 52
    case answerNIL = 53

    case storeRemaining = 61
    case storeNothing = 62

    case omitGhosts = 71
    case includeGhosts = 72

    case refuseCopy = 81
    case copyGhosts = 82

    package var question: PolicyQuestion {
        switch self {
        case .refuseDeletion, .keepGhostMailbox, .disconnectOnDeletion: .deleting
        case .reserveName, .reuseName: .names
        case .refuseRename, .disconnectOnRename, .followRename, .followRenameWithoutHint: .renaming
        case .allowExpunge, .refuseExpunge: .expunging
        case .serveGhosts, .fetchRemaining, .answerNIL: .fetching
        case .storeRemaining, .storeNothing: .storing
        case .omitGhosts, .includeGhosts: .searching
        case .refuseCopy, .copyGhosts: .copying
        }
    }

    /// The word of the configuration file and of `hindsight policy`; unique for its question.
    package var name: String {
        switch self {
        case .refuseDeletion, .refuseRename, .refuseExpunge, .refuseCopy: "refuse"
        case .keepGhostMailbox, .serveGhosts: "ghost"
        case .disconnectOnDeletion, .disconnectOnRename: "disconnect"
        case .reserveName: "reserved"
        case .reuseName: "reusable"
        case .followRename: "follow"
        case .followRenameWithoutHint: "follow-without-hint"
        case .allowExpunge: "allow"
        case .fetchRemaining: "partial"
        case .answerNIL: "nil"
        case .storeRemaining: "remaining"
        case .storeNothing: "nothing"
        case .omitGhosts: "omit"
        case .includeGhosts: "include"
        case .copyGhosts: "ghosts"
        }
    }

    /// The section of RFC 2180 that describes it.
    package var section: String {
        switch self {
        case .refuseDeletion, .refuseRename: "3.1"
        case .keepGhostMailbox, .reserveName, .reuseName: "3.2"
        case .disconnectOnDeletion, .disconnectOnRename: "3.3"
        case .followRename, .followRenameWithoutHint: "3.4"
        case .allowExpunge: "4.1"
        case .serveGhosts: "4.1.1"
        case .fetchRemaining: "4.1.2"
        case .answerNIL: "4.1.3"
        case .refuseExpunge: "4.1.4"
        case .storeRemaining: "4.2.3"
        case .storeNothing: "4.2.4"
        case .omitGhosts, .includeGhosts: "4.3"
        case .refuseCopy: "4.4.1"
        case .copyGhosts: "4.4.2"
        }
    }
}
