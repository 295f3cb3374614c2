import MailModel

/// The messages of `Schemas/hindsight/v1/events.proto`, written. What is written has been checked.
extension ProtobufWriter {
    mutating func record(_ draft: EventDraft, position: LogPosition, timeNanoseconds: Int64) {
        varint(1, position.rawValue)
        fixed64(2, timeNanoseconds)
        varint(3, draft.recordedAccount(at: position)?.rawValue ?? 0)
        varint(4, draft.recordedMailbox(at: position)?.rawValue ?? 0)
        actor(5, draft.actor)
        if !draft.cause.command.isEmpty { message(6) { $0.string(1, draft.cause.command) } }
        varint(7, Upcaster.newestVersion)
        payload(draft.event)
    }

    private mutating func actor(_ field: UInt32, _ actor: Actor) {
        guard actor != Actor() else { return }
        message(field) {
            $0.string(1, actor.user)
            $0.string(2, actor.session)
            $0.string(3, actor.address)
            $0.string(4, actor.protocolName)
            $0.string(5, actor.clientID)
            $0.string(6, actor.tag)
        }
    }

    private mutating func payload(_ event: MailEvent) {
        switch event {
        case .messagesAppended(let event): message(8) { $0.fields(of: event) }
        case .flagsChanged(let event): message(9) { $0.fields(of: event) }
        case .messagesExpunged(let event):
            message(10) {
                $0.varint(1, event.mailbox.rawValue)
                $0.uids(2, event.uids)
            }
        case .messagesCopied(let event):
            message(11) {
                $0.transfer(event.source, event.sourceUIDs, event.destination, event.firstUID)
            }
        case .messagesMoved(let event):
            message(12) {
                $0.transfer(event.source, event.sourceUIDs, event.destination, event.firstUID)
            }
        case .recentClaimed(let event):
            message(13) {
                $0.varint(1, event.mailbox.rawValue)
                $0.varint(2, event.through.rawValue)
            }
        case .ghostsReclaimed(let event): message(14) { $0.fields(of: event) }
        case .storeCreated(let event):
            message(16) { writer in
                event.storeID.withUnsafeBytes { writer.lengthDelimited(1, $0) }
            }
        case .accountCreated(let event): message(17) { $0.string(1, event.name) }
        case .accountRemoved(let event): message(18) { $0.varint(1, event.account.rawValue) }
        case .mailboxCreated(let event): message(19) { $0.fields(of: event) }
        case .mailboxRenamed(let event):
            message(20) {
                $0.varint(1, event.mailbox.rawValue)
                $0.string(2, event.from.string)
                $0.string(3, event.to.string)
                $0.varint(4, event.disconnects ? UInt32(1) : 0)
            }
        case .mailboxDeleted(let event):
            message(21) {
                $0.varint(1, event.mailbox.rawValue)
                $0.string(2, event.name.string)
                $0.varint(3, event.disconnects ? UInt32(1) : 0)
            }
        case .mailboxSubscribed(let event): message(22) { $0.string(1, event.name.string) }
        case .mailboxUnsubscribed(let event): message(23) { $0.string(1, event.name.string) }
        case .policyChanged(let event): message(24) { $0.fields(of: event) }
        case .ghostsRevoked(let event): message(25) { $0.fields(of: event) }
        }
    }

    private mutating func fields(of event: MessagesAppended) {
        varint(1, event.mailbox.rawValue)
        for appended in event.messages {
            message(2) { writer in
                writer.varint(1, appended.uid.rawValue)
                appended.digest.withUnsafeBytes { writer.lengthDelimited(2, $0) }
                writer.varint(3, appended.sizeBytes)
                writer.zigZag(4, appended.internalDate.secondsSinceEpoch)
                writer.zigZag(5, Int64(appended.internalDate.zoneMinutes))
                writer.flags(6, appended.flags)
            }
        }
    }

    private mutating func fields(of event: FlagsChanged) {
        varint(1, event.mailbox.rawValue)
        uids(2, event.uids)
        varint(3, UInt32(event.operation.rawValue))
        flags(4, event.flags)
    }

    private mutating func fields(of event: GhostsReclaimed) {
        varint(1, event.mailbox.rawValue)
        varint(2, event.through.rawValue)
        varint(3, event.wholeMailbox ? UInt32(1) : 0)
        uids(4, event.uids)
    }

    private mutating func fields(of event: GhostsRevoked) {
        varint(1, event.mailbox.rawValue)
        varint(2, event.wholeMailbox ? UInt32(1) : 0)
        uids(3, event.uids)
    }

    private mutating func fields(of event: PolicyChanged) {
        varint(1, event.isFromConfiguration ? UInt32(1) : 0)
        packed(2, isEmpty: event.layer.isEmpty) {
            for answer in event.layer.answers { $0.raw(UInt64(answer.rawValue)) }
        }
    }

    private mutating func fields(of event: MailboxCreated) {
        string(1, event.name.string)
        varint(2, event.uidValidity.rawValue)
        packed(3, isEmpty: event.specialUse.isEmpty) {
            for use in event.specialUse { $0.raw(UInt64(use.rawValue)) }
        }
    }

    private mutating func transfer(
        _ source: MailboxID, _ sourceUIDs: UIDSet, _ destination: MailboxID, _ firstUID: UID
    ) {
        varint(1, source.rawValue)
        uids(2, sourceUIDs)
        varint(3, destination.rawValue)
        varint(4, firstUID.rawValue)
    }

    /// Pairs (lower, span).
    private mutating func uids(_ field: UInt32, _ set: UIDSet) {
        packed(field, isEmpty: set.isEmpty) {
            for range in set.ranges {
                $0.raw(UInt64(range.lowerBound))
                $0.raw(UInt64(range.upperBound - range.lowerBound))
            }
        }
    }

    private mutating func flags(_ field: UInt32, _ flags: FlagSet) {
        guard !flags.isEmpty else { return }
        message(field) {
            $0.varint(1, UInt32(flags.system.rawValue))
            for keyword in flags.keywords { $0.element(2, keyword.name) }
        }
    }
}

extension EventDraft {
    /// The draft's account; of an account's first event, the account that it makes.
    package func recordedAccount(at position: LogPosition) -> AccountID? {
        if case .accountCreated = event { AccountID(position.rawValue) } else { account }
    }

    /// The draft's mailbox; of a mailbox's first event, the mailbox that it makes.
    package func recordedMailbox(at position: LogPosition) -> MailboxID? {
        if case .mailboxCreated = event { MailboxID(position.rawValue) } else { mailbox }
    }
}
