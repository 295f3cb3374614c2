/// What can have happened in a store: facts, at the grain of one command.
///
/// Whoever switches over it does so without `default`, so that a new event breaks the build wherever
/// it has to be thought about. The bytes are defined in `Schemas/hindsight/v1/events.proto`.
package enum MailEvent: Hashable, Sendable {
    case storeCreated(StoreCreated)
    case accountCreated(AccountCreated)
    case accountRemoved(AccountRemoved)
    case mailboxCreated(MailboxCreated)
    case mailboxRenamed(MailboxRenamed)
    case mailboxDeleted(MailboxDeleted)
    case mailboxSubscribed(MailboxSubscribed)
    case mailboxUnsubscribed(MailboxUnsubscribed)
    case messagesAppended(MessagesAppended)
    case messagesCopied(MessagesCopied)
    case messagesMoved(MessagesMoved)
    case flagsChanged(FlagsChanged)
    case messagesExpunged(MessagesExpunged)
    case recentClaimed(RecentClaimed)
    case ghostsReclaimed(GhostsReclaimed)
    case policyChanged(PolicyChanged)
    case ghostsRevoked(GhostsRevoked)
}

extension MailEvent {
    /// The kinds of events, by the names under which filters and exports know them.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        case storeCreated
        case accountCreated
        case accountRemoved
        case mailboxCreated
        case mailboxRenamed
        case mailboxDeleted
        case mailboxSubscribed
        case mailboxUnsubscribed
        case messagesAppended
        case messagesCopied
        case messagesMoved
        case flagsChanged
        case messagesExpunged
        case recentClaimed
        case ghostsReclaimed
        case policyChanged
        case ghostsRevoked
    }

    package var kind: Kind {
        switch self {
        case .storeCreated: .storeCreated
        case .accountCreated: .accountCreated
        case .accountRemoved: .accountRemoved
        case .mailboxCreated: .mailboxCreated
        case .mailboxRenamed: .mailboxRenamed
        case .mailboxDeleted: .mailboxDeleted
        case .mailboxSubscribed: .mailboxSubscribed
        case .mailboxUnsubscribed: .mailboxUnsubscribed
        case .messagesAppended: .messagesAppended
        case .messagesCopied: .messagesCopied
        case .messagesMoved: .messagesMoved
        case .flagsChanged: .flagsChanged
        case .messagesExpunged: .messagesExpunged
        case .recentClaimed: .recentClaimed
        case .ghostsReclaimed: .ghostsReclaimed
        case .policyChanged: .policyChanged
        case .ghostsRevoked: .ghostsRevoked
        }
    }

    /// `messagesAppended` and so on.
    package var kindName: String { kind.rawValue }

    /// Every kind's name, in the order of the schema.
    package static let kindNames = Kind.allCases.map(\.rawValue)
}
