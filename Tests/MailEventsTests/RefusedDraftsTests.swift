import MailEvents
import MailModel
import Testing

/// What could not be read back is not written.
@Suite struct RefusedDraftsTests {
    @Test(
        arguments: [
            (
                MailEvent.storeCreated(StoreCreated(storeID: [1])), "store_id",
                RecordDefect.wrongLength
            ),
            (.accountCreated(AccountCreated(name: "")), "name", .invalidName),
            (.accountCreated(AccountCreated(name: "a\nb")), "name", .invalidName),
            (
                .mailboxSubscribed(MailboxSubscribed(name: MailboxName(unchecked: "a//b"))), "name",
                .invalidName
            ),
            (
                .messagesAppended(MessagesAppended(mailbox: MailboxID(3), messages: [])),
                "messages",
                .missing
            ),
            (
                .messagesExpunged(MessagesExpunged(mailbox: MailboxID(3), uids: UIDSet())), "uids",
                .missing
            ),
            (
                .messagesExpunged(MessagesExpunged(mailbox: MailboxID(3), uids: UIDSet(0...5))),
                "uids",
                .outOfRange
            ),
        ] as [(MailEvent, String, RecordDefect)])
    func unreadableEventsAreRefused(event: MailEvent, field: String, defect: RecordDefect) {
        let draft = EventDraft(
            account: nil, mailbox: nil, actor: Actor(), cause: Cause(command: ""), event: event)
        #expect(
            throws: RecordError.malformed(
                position: LogPosition(4), field: field, defect: defect)
        ) {
            try EventCoder.encode(draft, position: LogPosition(4), timeNanoseconds: 0)
        }
    }

    @Test func copiesBeyondTheLastUIDAreRefused() throws {
        let event = MessagesCopied(
            source: MailboxID(3), sourceUIDs: UIDSet(1...2), destination: MailboxID(4),
            firstUID: try #require(UID(.max)))
        #expect(event.destinationUIDs == nil)
        let draft = EventDraft(
            account: nil, mailbox: nil, actor: Actor(), cause: Cause(command: ""),
            event: .messagesCopied(event))
        #expect(throws: RecordError.self) {
            try EventCoder.encode(draft, position: LogPosition(5), timeNanoseconds: 0)
        }
    }

    @Test(arguments: [0, UInt64(Int64.max) + 1, .max] as [UInt64])
    func positionsOutsideTheLogAreRefused(position: UInt64) throws {
        let draft = try Samples.draft(of: .recentClaimed)
        #expect(throws: RecordError.self) {
            try EventCoder.encode(draft, position: LogPosition(position), timeNanoseconds: 0)
        }
    }
}
