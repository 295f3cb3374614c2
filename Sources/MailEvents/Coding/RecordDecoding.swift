import MailModel
internal import SwiftProtobuf

/// Records read into our own values, with distrust: any bytes give a value or an error.
struct RecordDecoding {
    let position: LogPosition

    func recordedEvent(
        _ bytes: [UInt8], digest: ChainDigest
    ) throws(RecordError) -> RecordedEvent {
        let record: Hindsight_V1_Record
        do { record = try Hindsight_V1_Record(serializedBytes: bytes) } catch {
            throw failure("record", .notProtobuf)
        }
        let current = try Upcaster.upcast(record, at: position)
        guard current.position == position.rawValue else {
            throw failure("position", .wrongPosition)
        }
        let result = RecordedEvent(
            position: position, timeNanoseconds: current.timeNs,
            account: current.account == 0 ? nil : AccountID(current.account),
            mailbox: current.mailbox == 0 ? nil : MailboxID(current.mailbox),
            actor: try actor(current.actor), cause: try cause(current.cause),
            event: try event(of: current), schemaVersion: record.schemaVersion, digest: digest)
        try check(result)
        return result
    }

    private func check(_ result: RecordedEvent) throws(RecordError) {
        let draft = EventDraft(
            account: result.account, mailbox: result.mailbox, actor: result.actor,
            cause: result.cause, event: result.event)
        try EventRules(position: position).check(draft, timeNanoseconds: result.timeNanoseconds)
        guard draft.recordedAccount(at: position) == result.account else {
            throw failure("account", .wrongPosition)
        }
        guard draft.recordedMailbox(at: position) == result.mailbox else {
            throw failure("mailbox", .wrongPosition)
        }
    }

    private func actor(_ actor: Hindsight_V1_Actor) throws(RecordError) -> Actor {
        try known(actor, "actor")
        return Actor(
            user: actor.user, session: actor.session, address: actor.address,
            protocolName: actor.protocolName, clientID: actor.clientID, tag: actor.tag)
    }

    private func cause(_ cause: Hindsight_V1_Cause) throws(RecordError) -> Cause {
        try known(cause, "cause")
        return Cause(command: cause.command)
    }

    private func event(of record: Hindsight_V1_Record) throws(RecordError) -> MailEvent {
        guard let payload = record.payload else {
            // A kind of event that came after this version: nothing may be built on a guess.
            if record.unknownFields != UnknownStorage() {
                throw .newerSchema(position: position, version: record.schemaVersion)
            }
            throw failure("payload", .missing)
        }
        try known(record, "record")
        return switch payload {
        case .messagesAppended(let message): .messagesAppended(try messagesAppended(message))
        case .flagsChanged(let message): .flagsChanged(try flagsChanged(message))
        case .messagesExpunged(let message): .messagesExpunged(try messagesExpunged(message))
        case .messagesCopied(let message): .messagesCopied(try messagesCopied(message))
        case .messagesMoved(let message): .messagesMoved(try messagesMoved(message))
        case .recentClaimed(let message): .recentClaimed(try recentClaimed(message))
        case .ghostsReclaimed(let message): .ghostsReclaimed(try ghostsReclaimed(message))
        case .storeCreated(let message): .storeCreated(try storeCreated(message))
        case .accountCreated(let message): .accountCreated(try accountCreated(message))
        case .accountRemoved(let message): .accountRemoved(try accountRemoved(message))
        case .mailboxCreated(let message): .mailboxCreated(try mailboxCreated(message))
        case .mailboxRenamed(let message): .mailboxRenamed(try mailboxRenamed(message))
        case .mailboxDeleted(let message): .mailboxDeleted(try mailboxDeleted(message))
        case .mailboxSubscribed(let message): .mailboxSubscribed(try subscribed(message))
        case .mailboxUnsubscribed(let message): .mailboxUnsubscribed(try unsubscribed(message))
        case .policyChanged(let message): .policyChanged(try policyChanged(message))
        case .ghostsRevoked(let message): .ghostsRevoked(try ghostsRevoked(message))
        }
    }
}
