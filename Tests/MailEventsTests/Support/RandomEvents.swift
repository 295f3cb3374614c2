import MailEvents
import MailModel

/// Events of every kind with values drawn from a generator, all of them allowed by the schema.
struct RandomEvents {
    var generator: SeededGenerator

    mutating func draft() -> EventDraft? {
        guard let event = event() else { return nil }
        let hasAccount = Bool.random(using: &generator)
        let hasMailbox = Bool.random(using: &generator)
        return EventDraft(
            account: hasAccount ? AccountID(number()) : nil,
            mailbox: hasMailbox ? MailboxID(number()) : nil,
            actor: Actor(
                user: text(), session: text(), address: text(), protocolName: text(),
                clientID: text(), tag: text()),
            cause: Cause(command: text()), event: event)
    }

    /// 1...2^63−1, of any magnitude.
    mutating func number() -> UInt64 {
        max(1, generator.next() >> UInt64.random(in: 1...63, using: &generator))
    }

    /// nil when the values drawn do not make an event; the caller draws again.
    private mutating func event() -> MailEvent? {
        guard let kind = MailEvent.Kind.allCases.randomElement(using: &generator),
            let uid = uid()
        else { return nil }
        let mailbox = MailboxID(number())
        switch kind {
        case .storeCreated:
            return .storeCreated(StoreCreated(storeID: (0..<16).map { _ in byte() }))
        case .accountCreated: return .accountCreated(AccountCreated(name: "a" + text()))
        case .accountRemoved: return .accountRemoved(AccountRemoved(account: AccountID(number())))
        case .mailboxCreated:
            guard let uidValidity = UIDValidity(uid.rawValue) else { return nil }
            let bits = generator.next()
            let uses = SpecialUse.allCases.filter { bits >> UInt64($0.rawValue) & 3 == 0 }
            return .mailboxCreated(
                MailboxCreated(name: name(), uidValidity: uidValidity, specialUse: uses))
        case .mailboxRenamed:
            return .mailboxRenamed(
                MailboxRenamed(mailbox: mailbox, from: name(), to: name(), disconnects: coin()))
        case .mailboxDeleted:
            return .mailboxDeleted(
                MailboxDeleted(mailbox: mailbox, name: name(), disconnects: coin()))
        case .mailboxSubscribed: return .mailboxSubscribed(MailboxSubscribed(name: name()))
        case .mailboxUnsubscribed: return .mailboxUnsubscribed(MailboxUnsubscribed(name: name()))
        case .messagesAppended:
            return .messagesAppended(MessagesAppended(mailbox: mailbox, messages: messages()))
        case .messagesCopied:
            let event = MessagesCopied(
                source: mailbox, sourceUIDs: uids(), destination: MailboxID(number()), firstUID: uid
            )
            return event.destinationUIDs == nil ? nil : .messagesCopied(event)
        case .messagesMoved:
            let event = MessagesMoved(
                source: mailbox, sourceUIDs: uids(), destination: MailboxID(number()), firstUID: uid
            )
            return event.destinationUIDs == nil ? nil : .messagesMoved(event)
        case .flagsChanged:
            let operations: [FlagOperation] = [.replace, .add, .remove]
            guard let operation = operations.randomElement(using: &generator) else { return nil }
            return .flagsChanged(
                FlagsChanged(mailbox: mailbox, uids: uids(), operation: operation, flags: flags()))
        case .messagesExpunged:
            return .messagesExpunged(MessagesExpunged(mailbox: mailbox, uids: uids()))
        case .recentClaimed:
            return .recentClaimed(RecentClaimed(mailbox: mailbox, through: uid))
        case .ghostsReclaimed:
            return .ghostsReclaimed(
                GhostsReclaimed(
                    mailbox: mailbox, through: LogPosition(number()),
                    wholeMailbox: Bool.random(using: &generator),
                    uids: Bool.random(using: &generator) ? uids() : UIDSet()))
        case .policyChanged:
            return .policyChanged(PolicyChanged(isFromConfiguration: coin(), layer: layer()))
        case .ghostsRevoked:
            return .ghostsRevoked(
                GhostsRevoked(mailbox: mailbox, wholeMailbox: coin(), uids: uids()))
        }
    }

    private mutating func coin() -> Bool { Bool.random(using: &generator) }

    private mutating func layer() -> PolicyLayer {
        var answers: [PolicyAnswer] = []
        for answer in PolicyAnswer.allCases where coin() { answers.append(answer) }
        return PolicyLayer(answers)
    }

    private mutating func byte() -> UInt8 { UInt8.random(in: 0...255, using: &generator) }

    private mutating func uid() -> UID? {
        let shift = UInt32.random(in: 0...31, using: &generator)
        return UID(UInt32(truncatingIfNeeded: generator.next()) >> shift)
    }

    private mutating func uids() -> UIDSet {
        let count = Int.random(in: 1...40, using: &generator)
        return UIDSet(
            (0..<count).map { _ in
                let lower = UInt32.random(in: 1...4_294_967_000, using: &generator)
                return lower...(lower + UInt32.random(in: 0...200, using: &generator))
            })
    }

    private mutating func messages() -> [AppendedMessage] {
        let count = Int.random(in: 1...20, using: &generator)
        let numbers = UIDSet(numbers: (0..<count).map { _ in UInt32(generator.next() >> 32) | 1 })
        return numbers.compactMap { UID($0) }.map { message($0) }
    }

    private mutating func message(_ uid: UID) -> AppendedMessage {
        AppendedMessage(
            uid: uid, digest: BodyDigest(hashing: [byte(), byte()]), sizeBytes: number(),
            internalDate: InternalDate(
                secondsSinceEpoch: Int64(bitPattern: generator.next()) >> 20,
                zoneMinutes: Int16.random(in: -5999...5999, using: &generator)),
            flags: flags())
    }

    private mutating func flags() -> FlagSet {
        let count = Int.random(in: 0...5, using: &generator)
        return FlagSet(
            system: SystemFlags(rawValue: byte() & SystemFlags.all.rawValue),
            keywords: (0..<count).compactMap { _ in Keyword("$K\(generator.next() % 8)") })
    }

    private mutating func name() -> MailboxName {
        let name = try? MailboxName("m" + text() + "/ü\(generator.next() % 100)")
        return name ?? .inbox
    }

    private mutating func text() -> String {
        let letters = Array("abcXYZ09 .-äß漢😀\"\\")
        let count = Int.random(in: 0...30, using: &generator)
        return String((0..<count).compactMap { _ in letters.randomElement(using: &generator) })
    }
}
