import MailModel
internal import SwiftProtobuf

/// Each event of version 1, read. The rules that need no reading are in `EventRules`.
extension RecordDecoding {
    func storeCreated(_ message: Hindsight_V1_StoreCreated) throws(RecordError) -> StoreCreated {
        try known(message, "store_created")
        return StoreCreated(storeID: [UInt8](message.storeID))
    }

    func accountCreated(
        _ message: Hindsight_V1_AccountCreated
    ) throws(RecordError) -> AccountCreated {
        try known(message, "account_created")
        return AccountCreated(name: message.name)
    }

    func accountRemoved(
        _ message: Hindsight_V1_AccountRemoved
    ) throws(RecordError) -> AccountRemoved {
        try known(message, "account_removed")
        return AccountRemoved(account: AccountID(message.account))
    }

    func mailboxCreated(
        _ message: Hindsight_V1_MailboxCreated
    ) throws(RecordError) -> MailboxCreated {
        try known(message, "mailbox_created")
        guard let uidValidity = UIDValidity(message.uidValidity) else {
            throw failure("uid_validity", .outOfRange)
        }
        var specialUse: [SpecialUse] = []
        for value in message.specialUse {
            guard let raw = UInt8(exactly: value), let use = SpecialUse(rawValue: raw) else {
                throw failure("special_use", .outOfRange)
            }
            specialUse.append(use)
        }
        return MailboxCreated(
            name: MailboxName(unchecked: message.name),
            uidValidity: uidValidity,
            specialUse: specialUse)
    }

    func mailboxRenamed(
        _ message: Hindsight_V1_MailboxRenamed
    ) throws(RecordError) -> MailboxRenamed {
        try known(message, "mailbox_renamed")
        return MailboxRenamed(
            mailbox: MailboxID(message.mailbox),
            from: MailboxName(unchecked: message.from),
            to: MailboxName(unchecked: message.to),
            disconnects: message.disconnects)
    }

    func mailboxDeleted(
        _ message: Hindsight_V1_MailboxDeleted
    ) throws(RecordError) -> MailboxDeleted {
        try known(message, "mailbox_deleted")
        return MailboxDeleted(
            mailbox: MailboxID(message.mailbox),
            name: MailboxName(unchecked: message.name),
            disconnects: message.disconnects)
    }

    func subscribed(
        _ message: Hindsight_V1_MailboxSubscribed
    ) throws(RecordError) -> MailboxSubscribed {
        try known(message, "mailbox_subscribed")
        return MailboxSubscribed(name: MailboxName(unchecked: message.name))
    }

    func unsubscribed(
        _ message: Hindsight_V1_MailboxUnsubscribed
    ) throws(RecordError) -> MailboxUnsubscribed {
        try known(message, "mailbox_unsubscribed")
        return MailboxUnsubscribed(name: MailboxName(unchecked: message.name))
    }

    func messagesAppended(
        _ message: Hindsight_V1_MessagesAppended
    ) throws(RecordError) -> MessagesAppended {
        try known(message, "messages_appended")
        var messages: [AppendedMessage] = []
        messages.reserveCapacity(message.messages.count)
        for appended in message.messages { messages.append(try appendedMessage(appended)) }
        return MessagesAppended(mailbox: MailboxID(message.mailbox), messages: messages)
    }

    func appendedMessage(
        _ message: Hindsight_V1_AppendedMessage
    ) throws(RecordError) -> AppendedMessage {
        try known(message, "messages")
        return AppendedMessage(
            uid: try uid(message.uid, "messages.uid"),
            digest: try bodyDigest(message.digest),
            sizeBytes: message.sizeBytes,
            internalDate: try internalDate(
                seconds: message.dateSeconds, zoneMinutes: message.dateZoneMinutes),
            flags: message.hasFlags ? try flags(message.flags) : FlagSet())
    }

    func messagesCopied(
        _ message: Hindsight_V1_MessagesCopied
    ) throws(RecordError) -> MessagesCopied {
        try known(message, "messages_copied")
        return MessagesCopied(
            source: MailboxID(message.source),
            sourceUIDs: try uids(message.sourceUids, "source_uids"),
            destination: MailboxID(message.destination),
            firstUID: try uid(message.firstUid, "first_uid"))
    }

    func messagesMoved(_ message: Hindsight_V1_MessagesMoved) throws(RecordError) -> MessagesMoved {
        try known(message, "messages_moved")
        return MessagesMoved(
            source: MailboxID(message.source),
            sourceUIDs: try uids(message.sourceUids, "source_uids"),
            destination: MailboxID(message.destination),
            firstUID: try uid(message.firstUid, "first_uid"))
    }

    func flagsChanged(_ message: Hindsight_V1_FlagsChanged) throws(RecordError) -> FlagsChanged {
        try known(message, "flags_changed")
        guard let raw = UInt8(exactly: message.operation),
            let operation = FlagOperation(rawValue: raw)
        else { throw failure("operation", .outOfRange) }
        return FlagsChanged(
            mailbox: MailboxID(message.mailbox),
            uids: try uids(message.uids, "uids"),
            operation: operation,
            flags: message.hasFlags ? try flags(message.flags) : FlagSet())
    }

    func messagesExpunged(
        _ message: Hindsight_V1_MessagesExpunged
    ) throws(RecordError) -> MessagesExpunged {
        try known(message, "messages_expunged")
        return MessagesExpunged(
            mailbox: MailboxID(message.mailbox),
            uids: try uids(message.uids, "uids"))
    }

    func recentClaimed(_ message: Hindsight_V1_RecentClaimed) throws(RecordError) -> RecentClaimed {
        try known(message, "recent_claimed")
        return RecentClaimed(
            mailbox: MailboxID(message.mailbox),
            through: try uid(message.through, "through"))
    }

    func ghostsReclaimed(
        _ message: Hindsight_V1_GhostsReclaimed
    ) throws(RecordError) -> GhostsReclaimed {
        try known(message, "ghosts_reclaimed")
        return GhostsReclaimed(
            mailbox: MailboxID(message.mailbox),
            through: LogPosition(message.through),
            wholeMailbox: message.wholeMailbox,
            uids: try uids(message.uids, "uids"))
    }

    func ghostsRevoked(_ message: Hindsight_V1_GhostsRevoked) throws(RecordError) -> GhostsRevoked {
        try known(message, "ghosts_revoked")
        return GhostsRevoked(
            mailbox: MailboxID(message.mailbox),
            wholeMailbox: message.wholeMailbox,
            uids: try uids(message.uids, "uids"))
    }

    func policyChanged(_ message: Hindsight_V1_PolicyChanged) throws(RecordError) -> PolicyChanged {
        try known(message, "policy_changed")
        var answers: [PolicyAnswer] = []
        for number in message.answers {
            guard let answer = PolicyAnswer(rawValue: number) else {
                throw failure("answers", .outOfRange)
            }
            if let last = answers.last, last.question.rawValue >= answer.question.rawValue {
                throw failure("answers", .notAscending)
            }
            answers.append(answer)
        }
        return PolicyChanged(
            isFromConfiguration: message.fromConfiguration, layer: PolicyLayer(answers))
    }
}
