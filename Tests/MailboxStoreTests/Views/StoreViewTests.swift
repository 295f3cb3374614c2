import MailEvents
import MailModel
import MailboxStore
import Testing

/// Views, hub and reclaiming over a real store.
@Suite struct StoreViewTests {
    let fixture: StoreFixture
    let account: AccountID

    init() throws {
        fixture = try StoreFixture()
        account = try fixture.account("ada")
    }

    private func open(_ name: MailboxName = .inbox, by id: UInt64) throws -> MailboxView {
        let id = SessionIdentity(id: id, user: "ada")
        let mailbox = try fixture.mailbox(name, of: account)
        return try #require(
            try fixture.store.openView(of: mailbox, owner: id, readOnly: false))
    }

    private func advance(
        _ view: MailboxView, _ extent: MailboxView.Extent
    ) throws -> ViewUpdates {
        let updates = try fixture.store.read { reader throws(StoreError) in
            try view.advance(extent, on: reader)
        }
        view.checkInvariants()
        return updates
    }

    private func expunge(_ uids: UIDSet, in mailbox: MailboxID) throws {
        try fixture.perform(
            ChangeFlags(
                account: account, mailbox: mailbox, uids: uids, operation: .add,
                flags: FlagSet(system: .deleted)))
        try fixture.perform(ExpungeMessages(account: account, mailbox: mailbox, uids: uids))
    }

    @Test func anExpungedMessageStaysReadableUntilTheLastViewWasTold() throws {
        for _ in 0..<7 { _ = try fixture.append("text\r\n", of: account) }
        let first = try open(by: 1)
        let second = try open(by: 2)
        #expect(first.map.sharesStorage(with: second.map))
        try expunge(UIDSet(4...7), in: first.mailbox)

        let told = try advance(first, .everything)
        #expect(Array(told.expungedSequenceNumbers) == [4, 4, 4, 4] && told.exists == 3)
        #expect(try advance(second, .appendsAndFlags).exists == nil)
        #expect(second.count == 7)
        first.close()
        let uid = try #require(UID(4))
        let ghost = try fixture.store.read { reader throws(StoreError) in
            try reader.message(second.mailbox, uid)
        }
        #expect(ghost != nil)
        #expect(try fixture.row(.inbox, of: account).ghosts == 4)

        #expect(try advance(second, .everything).expungedUIDs == UIDSet(4...7))
        second.close()
        _ = try fixture.append("after it in the queue\r\n", of: account)
        #expect(try fixture.row(.inbox, of: account).ghosts == 0)
    }

    @Test func theNameOfADeletedMailboxIsFreeWhenTheLastViewHasClosed() throws {
        let shared = try name("shared")
        try fixture.perform(CreateMailbox(account: account, name: shared))
        _ = try fixture.append("text\r\n", to: shared, of: account)
        let first = try open(shared, by: 1)
        let second = try open(shared, by: 2)
        try fixture.perform(
            DeleteMailbox(account: account, name: shared, requester: first.owner))
        first.close()
        #expect(throws: StoreFixture.Refused.self) {
            try fixture.perform(CreateMailbox(account: account, name: shared))
        }
        #expect(try advance(second, .appendsAndFlags).mailboxGone && second.count == 1)
        second.close()
        try fixture.perform(CreateMailbox(account: account, name: shared))
        #expect(try fixture.row(shared, of: account).exists == 0)
    }

    @Test func arrivalsReachAViewAndAreRecentOnce() throws {
        let first = try open(by: 1)
        let second = try open(by: 2)
        _ = try fixture.append("one\r\n", of: account)
        let updates = try advance(first, .appendsAndFlags)
        #expect(updates.exists == 1 && updates.recent == 1)
        #expect(try advance(second, .appendsAndFlags).recent == nil)
        let claim = try #require(first.takeRecentClaim())
        try fixture.perform(
            ClaimRecent(account: account, mailbox: first.mailbox, through: claim))
        #expect(try fixture.row(.inbox, of: account).recentFrom == 2)
        #expect(try fixture.row(.inbox, of: account).highestModSeq == first.tellableModSeq)
    }

    @Test func watchersAreCalledAfterACommit() throws {
        let lane = HandLane()
        let calls = Calls()
        let mailbox = try fixture.mailbox(.inbox, of: account)
        let token = fixture.store.hub.watch(mailbox, on: lane) { calls.add("news") }
        _ = try fixture.append("one\r\n", of: account)
        lane.run()
        #expect(calls["news"] == 1)
        fixture.store.hub.unwatch(token)
        _ = try fixture.append("two\r\n", of: account)
        #expect(lane.waiting == 0)
    }

    @Test func aViewMayCloseAfterItsStore() throws {
        _ = try fixture.append("one\r\n", of: account)
        let view = try open(by: 1)
        try expunge(UIDSet(1...1), in: view.mailbox)
        fixture.store.close()
        view.close()
        #expect(fixture.store.hub.roomCount == 0)
    }

    @Test func ghostsLeftBehindGoAtTheNextStart() throws {
        _ = try fixture.append("one\r\n", of: account)
        let view = try open(by: 1)
        try expunge(UIDSet(1...1), in: view.mailbox)
        try fixture.reopen()
        _ = try fixture.append("two\r\n", of: account)
        #expect(try fixture.row(.inbox, of: account).ghosts == 0)
        view.close()
    }
}
