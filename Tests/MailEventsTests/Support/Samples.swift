import MailEvents
import MailModel
import Testing

/// One event of each kind with fixed values: those of the golden files.
enum Samples {
    static func draft(of kind: MailEvent.Kind) throws -> EventDraft {
        EventDraft(
            account: kind == .accountCreated || kind == .storeCreated ? nil : AccountID(2),
            mailbox: mailbox(of: kind), actor: actor, cause: Cause(command: "UID STORE"),
            event: try event(of: kind))
    }

    static let actor = Actor(
        user: "anna", session: "s-17", address: "192.0.2.7:50123", protocolName: "imap",
        clientID: "Täst/1.0", tag: "a42")

    /// In January 2026.
    static let timeNanoseconds: Int64 = 1_767_225_600_123_456_789

    private static func mailbox(of kind: MailEvent.Kind) -> MailboxID? {
        switch kind {
        case .storeCreated, .accountCreated, .accountRemoved, .mailboxCreated, .mailboxSubscribed,
            .mailboxUnsubscribed:
            nil
        case .messagesCopied, .messagesMoved: MailboxID(300)
        case .mailboxRenamed, .mailboxDeleted, .messagesAppended, .flagsChanged, .messagesExpunged,
            .recentClaimed, .ghostsReclaimed, .policyChanged, .ghostsRevoked:
            MailboxID(3)
        }
    }

    private static func event(of kind: MailEvent.Kind) throws -> MailEvent {
        let mailbox = MailboxID(3)
        switch kind {
        case .storeCreated: return .storeCreated(StoreCreated(storeID: Array(0x10...0x1F)))
        case .accountCreated: return .accountCreated(AccountCreated(name: "anna"))
        case .accountRemoved: return .accountRemoved(AccountRemoved(account: AccountID(2)))
        case .mailboxCreated:
            return .mailboxCreated(
                MailboxCreated(
                    name: try MailboxName("Entwürfe/2026"),
                    uidValidity: try #require(UIDValidity(1_767_225_600)),
                    specialUse: [.drafts, .important]))
        case .mailboxRenamed:
            return .mailboxRenamed(
                MailboxRenamed(
                    mailbox: mailbox, from: try MailboxName("old"), to: try MailboxName("new/er")))
        case .mailboxDeleted:
            return .mailboxDeleted(
                MailboxDeleted(mailbox: mailbox, name: try MailboxName("new/er")))
        case .mailboxSubscribed:
            return .mailboxSubscribed(MailboxSubscribed(name: .inbox))
        case .mailboxUnsubscribed:
            return .mailboxUnsubscribed(MailboxUnsubscribed(name: try MailboxName("INBOX/a")))
        case .messagesAppended: return .messagesAppended(try messagesAppended(to: mailbox))
        case .messagesCopied:
            return .messagesCopied(
                MessagesCopied(
                    source: mailbox, sourceUIDs: UIDSet([1...3, 7...7]),
                    destination: MailboxID(300), firstUID: try #require(UID(12))))
        case .messagesMoved:
            return .messagesMoved(
                MessagesMoved(
                    source: mailbox, sourceUIDs: UIDSet([1...3, 4_294_967_295...4_294_967_295]),
                    destination: MailboxID(300), firstUID: try #require(UID(4_294_967_292))))
        case .flagsChanged:
            return .flagsChanged(
                FlagsChanged(
                    mailbox: mailbox, uids: UIDSet([1...1, 5...1000]), operation: .add,
                    flags: FlagSet(system: [.seen, .flagged], keywords: try keywords())))
        case .messagesExpunged:
            return .messagesExpunged(
                MessagesExpunged(mailbox: mailbox, uids: UIDSet(1...4_294_967_295)))
        case .recentClaimed:
            return .recentClaimed(
                RecentClaimed(mailbox: mailbox, through: try #require(UID(1000))))
        case .ghostsReclaimed:
            return .ghostsReclaimed(
                GhostsReclaimed(
                    mailbox: mailbox, through: LogPosition(77), wholeMailbox: true,
                    uids: UIDSet([2...2, 9...10])))
        case .policyChanged:
            return .policyChanged(
                PolicyChanged(layer: PolicyLayer([.disconnectOnDeletion, .answerNIL, .copyGhosts])))
        case .ghostsRevoked:
            return .ghostsRevoked(
                GhostsRevoked(mailbox: mailbox, wholeMailbox: true, uids: UIDSet([2...2, 9...10])))
        }
    }

    private static func keywords() throws -> [Keyword] {
        [try #require(Keyword("$Forwarded")), try #require(Keyword("todo"))]
    }

    private static func messagesAppended(to mailbox: MailboxID) throws -> MessagesAppended {
        let plain = AppendedMessage(
            uid: try #require(UID(8)), digest: BodyDigest(hashing: Array("abc".utf8)), sizeBytes: 3,
            internalDate: InternalDate(secondsSinceEpoch: 836_214_265, zoneMinutes: -420),
            flags: FlagSet())
        let flagged = AppendedMessage(
            uid: try #require(UID(9)), digest: BodyDigest(hashing: []), sizeBytes: 10_000_000_000,
            internalDate: InternalDate(secondsSinceEpoch: -1, zoneMinutes: 330),
            flags: FlagSet(system: .all, keywords: try keywords()))
        return MessagesAppended(mailbox: mailbox, messages: [plain, flagged])
    }
}
