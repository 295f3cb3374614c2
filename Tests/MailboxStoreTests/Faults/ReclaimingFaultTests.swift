import MailEvents
import MailModel
import MailTesting
import MailboxStore
import Synchronization
import Testing

/// Ghosts go neither too early nor never.
@Suite struct ReclaimingFaultTests {
    let fixture: StoreFixture
    let account: AccountID
    let work: MailboxName

    init() throws {
        fixture = try StoreFixture()
        account = try fixture.account("ada")
        work = try name("Work")
    }

    @Test func aViewThatOpensInVainDoesNotKeepTheNameForEver() throws {
        try fixture.perform(CreateMailbox(account: account, name: work))
        let id = try fixture.mailbox(work, of: account)
        let store = fixture.store
        let opened = Mutex<ViewRegistration?>(nil)
        // On the writer's thread: the deletion is announced, its reclaiming queued and not decided.
        store.submit(
            DeleteMailbox(account: account, name: work), actor: Actor(), cause: Cause(command: "t"),
            reply: Reply(on: ImmediateLane()) { _ in
                let registration = store.hub.register(
                    id, owner: SessionIdentity(id: 1, user: "ada"), readOnly: false)
                opened.withLock { $0 = registration }
            })
        try letTheWriterCatchUp()
        opened.withLock { $0 }?.close()
        try letTheWriterCatchUp()
        try fixture.perform(CreateMailbox(account: account, name: work))
        try fixture.expectNoDrift()
    }

    /// What was queued when it begins, and what that led to, has been decided when it ends.
    private func letTheWriterCatchUp() throws {
        for _ in 0..<2 {
            try fixture.perform(Subscribe(account: account, name: work))
            try fixture.perform(Unsubscribe(account: account, name: work))
        }
    }

    @Test func aMailboxThatHasGoneInPartCountsWhatIsLeft() throws {
        try fixture.perform(CreateMailbox(account: account, name: work))
        let message = IncomingMessage(
            body: IncomingBody(of: [1]), flags: FlagSet(),
            internalDate: InternalDate(secondsSinceEpoch: 0))
        let count = ReclaimGhosts.sliceMessages + 7
        try fixture.perform(
            AppendMessages(
                account: account, destination: work,
                messages: Array(repeating: message, count: count)))
        let id = try fixture.mailbox(work, of: account)
        try fixture.reopen(as: .tool)
        try fixture.perform(DeleteMailbox(account: account, name: work))
        let row = try #require(
            try fixture.store.read { reader throws(StoreError) in try reader.mailboxRow(id) })
        #expect(row.exists == 7)
        #expect(row.sizeBytes == 7)
        #expect(row.unseen == 7)
        try fixture.expectNoDrift()
    }
}
