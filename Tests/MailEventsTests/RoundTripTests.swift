import MailEvents
import MailModel
import Testing

@Suite struct RoundTripTests {
    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func whatIsWrittenIsReadBackUnchanged(seed: UInt64) throws {
        var events = RandomEvents(generator: SeededGenerator(seed: seed))
        var kinds: Set<MailEvent.Kind> = []
        for _ in 0..<1000 {
            let position = LogPosition(events.number())
            let time = Int64(events.number())
            guard let draft = events.draft() else { continue }
            let bytes = try EventCoder.encode(draft, position: position, timeNanoseconds: time)
            let recorded = try EventCoder.decode(bytes, at: position, digest: .start)
            #expect(recorded.event == draft.event, "seed \(seed), position \(position)")
            #expect(recorded.actor == draft.actor)
            #expect(recorded.cause == draft.cause)
            #expect(recorded.timeNanoseconds == time)
            kinds.insert(draft.event.kind)
        }
        #expect(kinds.count == MailEvent.Kind.allCases.count)
    }

    @Test func anAppendOfManyMessagesIsReadBack() throws {
        let messages = (1...5000 as ClosedRange<UInt32>).compactMap { number in
            UID(number).map {
                AppendedMessage(
                    uid: $0, digest: BodyDigest(hashing: [UInt8(truncatingIfNeeded: number)]),
                    sizeBytes: UInt64(number), internalDate: InternalDate(secondsSinceEpoch: 0),
                    flags: FlagSet(system: .seen))
            }
        }
        let event = MailEvent.messagesAppended(
            MessagesAppended(mailbox: MailboxID(3), messages: messages))
        let draft = EventDraft(
            account: AccountID(2), mailbox: MailboxID(3), actor: Actor(),
            cause: Cause(command: "import"), event: event)
        let bytes = try EventCoder.encode(draft, position: LogPosition(9), timeNanoseconds: 1)
        #expect(
            try EventCoder.decode(bytes, at: LogPosition(9), digest: .start).event == event)
    }
}
