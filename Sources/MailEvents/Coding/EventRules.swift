import MailModel

/// The rules of the schema that our types alone do not enforce, for what is written and what is read.
struct EventRules {
    let position: LogPosition

    /// Positions, identifiers and sizes fit a signed 64-bit number, whatever language reads them.
    static let greatestNumber = UInt64(Int64.max)

    func check(_ draft: EventDraft, timeNanoseconds: Int64) throws(RecordError) {
        try number(position.rawValue, "position")
        try require(timeNanoseconds >= 0, "time_ns", .outOfRange)
        if let account = draft.account { try number(account.rawValue, "account") }
        if let mailbox = draft.mailbox { try number(mailbox.rawValue, "mailbox") }
        try check(draft.event)
    }

    func check(_ event: MailEvent) throws(RecordError) {
        switch event {
        case .storeCreated(let event):
            try require(
                event.storeID.count == StoreCreated.storeIDBytes, "store_id", .wrongLength)
        case .accountCreated(let event): try check(event)
        case .accountRemoved(let event): try number(event.account.rawValue, "account")
        case .mailboxCreated(let event): try check(event)
        case .mailboxRenamed(let event):
            try number(event.mailbox.rawValue, "mailbox")
            try name(event.from, "from")
            try name(event.to, "to")
        case .mailboxDeleted(let event):
            try number(event.mailbox.rawValue, "mailbox")
            try name(event.name, "name")
        case .mailboxSubscribed(let event): try name(event.name, "name")
        case .mailboxUnsubscribed(let event): try name(event.name, "name")
        case .messagesAppended(let event): try check(event)
        case .messagesCopied(let event):
            try transfer(event.source, event.sourceUIDs, event.destination, event.firstUID)
        case .messagesMoved(let event):
            try transfer(event.source, event.sourceUIDs, event.destination, event.firstUID)
        case .flagsChanged(let event):
            try number(event.mailbox.rawValue, "mailbox")
            try uids(event.uids, "uids")
            try flags(event.flags)
        case .messagesExpunged(let event):
            try number(event.mailbox.rawValue, "mailbox")
            try uids(event.uids, "uids")
        case .recentClaimed(let event): try number(event.mailbox.rawValue, "mailbox")
        case .ghostsReclaimed(let event):
            try number(event.mailbox.rawValue, "mailbox")
            try require(event.through.rawValue <= EventRules.greatestNumber, "through", .outOfRange)
            try require(event.uids.first != 0, "uids", .outOfRange)
        case .ghostsRevoked(let event):
            try number(event.mailbox.rawValue, "mailbox")
            try require(event.uids.first != 0, "uids", .outOfRange)
            try require(event.wholeMailbox || !event.uids.isEmpty, "uids", .missing)
        case .policyChanged: break
        }
    }

    private func check(_ event: AccountCreated) throws(RecordError) {
        let bytes = event.name.utf8
        try require(
            !bytes.isEmpty && bytes.count <= AccountCreated.nameBytes
                && bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7F },
            "name", .invalidName)
    }

    private func check(_ event: MailboxCreated) throws(RecordError) {
        try name(event.name, "name")
        try require(
            Set(event.specialUse).count == event.specialUse.count, "special_use", .repeated)
    }

    private func check(_ event: MessagesAppended) throws(RecordError) {
        try number(event.mailbox.rawValue, "mailbox")
        try require(!event.messages.isEmpty, "messages", .missing)
        var last: UInt32 = 0
        for message in event.messages {
            try require(message.uid.rawValue > last, "messages.uid", .notAscending)
            last = message.uid.rawValue
            try require(
                message.sizeBytes <= EventRules.greatestNumber, "messages.size_bytes", .outOfRange)
            try flags(message.flags)
        }
    }

    private func transfer(
        _ source: MailboxID, _ sourceUIDs: UIDSet, _ destination: MailboxID, _ firstUID: UID
    ) throws(RecordError) {
        try number(source.rawValue, "source")
        try number(destination.rawValue, "destination")
        try uids(sourceUIDs, "source_uids")
        try require(
            contiguousUIDs(from: firstUID, count: sourceUIDs.count) != nil, "first_uid",
            .outOfRange)
    }

    private func number(_ value: UInt64, _ field: StaticString) throws(RecordError) {
        try require(value > 0 && value <= EventRules.greatestNumber, field, .outOfRange)
    }

    private func uids(_ set: UIDSet, _ field: StaticString) throws(RecordError) {
        try require(!set.isEmpty, field, .missing)
        try require(set.first != 0, field, .outOfRange)
    }

    /// A name must be as `MailboxName` would make it: what was unchecked before is checked here.
    private func name(_ name: MailboxName, _ field: StaticString) throws(RecordError) {
        let checked: MailboxName
        do { checked = try MailboxName(name.string) } catch {
            throw .malformed(position: position, field: "\(field)", defect: .invalidName)
        }
        try require(checked.string.utf8.elementsEqual(name.string.utf8), field, .invalidName)
    }

    private func flags(_ flags: FlagSet) throws(RecordError) {
        try require(flags.system.isSubset(of: .all), "flags.system", .outOfRange)
        guard flags.keywords.count > 1 else { return }
        try require(
            Set(flags.keywords).count == flags.keywords.count, "flags.keywords", .repeated)
    }

    private func require(
        _ condition: Bool, _ field: StaticString, _ defect: RecordDefect
    ) throws(RecordError) {
        guard condition else {
            throw .malformed(position: position, field: "\(field)", defect: defect)
        }
    }
}
