/// What RFC 2180 leaves to the server, as questions that a run of the kit answers.
package enum Question: String, CaseIterable, Sendable {
    /// DELETE while another session has the mailbox open: §3.1–3.3.
    case delete
    /// The name of a deleted mailbox that another session still has open: §3.2.
    case name
    /// RENAME while another session has the mailbox open: §3.1, §3.3, §3.4.
    case rename
    /// EXPUNGE, UID EXPUNGE, CLOSE and MOVE while another session has the mailbox open: §4.1.4.
    case expunge
    /// FETCH of expunged messages: §4.1.1–4.1.3.
    case fetch
    /// STORE on a mixture of expunged and other messages: §4.2.
    case store
    /// SEARCH over expunged messages: §4.3.
    case search
    /// COPY of expunged messages: §4.4.
    case copy
    /// MOVE of expunged messages (RFC 6851): RFC 2180 says nothing of it, so no answer has a name.
    case move
}

/// A strategy that RFC 2180 describes.
package enum Strategy: CaseIterable, Sendable {
    case refuseDeletion, keepGhostMailbox, disconnectOnDeletion
    case reserveName, reuseName
    case refuseRename, disconnectOnRename, followRename, followRenameWithoutHint
    case allowExpunge, refuseExpunge
    case serveGhosts, fetchRemaining, answerNIL
    case storeRemaining, storeNothing
    case omitGhosts, includeGhosts
    case refuseCopy, copyGhosts

    /// The word of the report; unique for its question.
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
