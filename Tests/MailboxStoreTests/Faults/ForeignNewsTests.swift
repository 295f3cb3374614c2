import Dispatch
import MailEvents
import MailModel
import Testing

@testable import MailboxStore

/// What other processes append reaches the sessions of this one: DESIGN §3.
@Suite struct ForeignNewsTests {
    let fixture: StoreFixture
    let account: AccountID

    init() throws {
        fixture = try StoreFixture()
        account = try fixture.account("ada")
    }

    /// Commits as another process would: nobody in this one is told.
    private func performElsewhere(_ change: any Change) throws {
        let core = fixture.store.core
        var batch = try Batch.begin(core, core.bodies.makeWriter(), now: 0)
        try batch.decide(
            PendingChange(
                change: change, actor: Actor(protocolName: "other"), cause: Cause(command: "other"),
                reply: Reply(on: ImmediateLane()) { _ in }))
        _ = try batch.commit()
    }

    @Test func isToldAlsoWhenThisProcessCommitsRightAfterIt() throws {
        try fixture.perform(CreateMailbox(account: account, name: try name("other")))
        let other = try fixture.mailbox(try name("other"), of: account)
        _ = try fixture.append("one", to: try name("other"), of: account)
        for round in 0..<8 {
            let told = DispatchSemaphore(value: 0)
            let token = fixture.store.hub.watch(other, on: ImmediateLane()) { told.signal() }
            defer { fixture.store.hub.unwatch(token) }
            try performElsewhere(
                ChangeFlags(
                    account: account, mailbox: other, uids: UIDSet(1...1),
                    operation: round.isMultiple(of: 2) ? .add : .remove,
                    flags: FlagSet(system: [.seen])))
            _ = try fixture.append("mine", of: account)
            #expect(told.wait(timeout: .now() + 5) == .success)
        }
    }

    @Test func isToldWhenThisProcessIsIdle() throws {
        _ = try fixture.append("one", of: account)
        let inbox = try fixture.mailbox(.inbox, of: account)
        let told = DispatchSemaphore(value: 0)
        let token = fixture.store.hub.watch(inbox, on: ImmediateLane()) { told.signal() }
        defer { fixture.store.hub.unwatch(token) }
        try performElsewhere(
            ChangeFlags(
                account: account, mailbox: inbox, uids: UIDSet(1...1), operation: .add,
                flags: FlagSet(system: [.seen])))
        #expect(told.wait(timeout: .now() + 5) == .success)
    }
}
