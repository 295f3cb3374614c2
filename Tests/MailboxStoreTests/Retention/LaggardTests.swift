import Glibc
import MailEvents
import MailModel
import MailTesting
import MailboxStore
import Synchronization
import Testing

/// Sessions that hold ghosts back for too long, or too many: RFC 2180 §3.2, §4.1.1.
@Suite(.timeLimit(.minutes(1))) struct LaggardTests {
    /// A store whose clock the test moves, with three messages in the INBOX of one account.
    private final class Stage {
        let place: TemporaryDirectory
        let store: MailboxStore
        let account: AccountID
        let inbox: MailboxID
        let clock = Clock()
        let evicted = Evicted()

        final class Clock: Sendable {
            let seconds = Atomic<Int64>(1_700_000_000)
        }

        final class Evicted: Sendable {
            let sessions = Mutex<Set<UInt64>>([])
        }

        init(_ limits: GhostLimits) throws {
            place = try TemporaryDirectory()
            let clock = clock
            store = try MailboxStore.open(
                directory: place.path,
                options: StoreOptions(
                    role: .server,
                    nowNanoseconds: { clock.seconds.load(ordering: .relaxed) * 1_000_000_000 },
                    ghostLimits: limits))
            let store = store
            @discardableResult func perform(_ change: any Change) -> ChangeResult? {
                let outcome = store.perform(change, actor: Actor(), cause: Cause(command: "t"))
                guard case .accepted(let result, _) = outcome else { return nil }
                return result
            }
            guard case .accountCreated(let account) = perform(CreateAccount(name: "anna")) else {
                throw StoreError.corrupt("no account was created")
            }
            self.account = account
            let found = try store.read { reader throws(StoreError) in
                try reader.mailbox(named: .inbox, in: account)
            }
            inbox = try #require(found)
            let body = IncomingBody(of: Array("Subject: x\r\n\r\n0123456789\r\n".utf8))
            for _ in 0..<3 {
                let message = IncomingMessage(
                    body: body, flags: FlagSet(system: .deleted),
                    internalDate: InternalDate(secondsSinceEpoch: 0))
                perform(
                    AppendMessages(account: account, destination: .inbox, messages: [message]))
            }
            let evicted = evicted
            store.hub.whenEvicted { _, sessions in
                evicted.sessions.withLock { $0.formUnion(sessions) }
            }
        }

        deinit { store.close() }

        func open(_ session: UInt64) throws -> MailboxView {
            let owner = SessionIdentity(id: session, user: "anna")
            return try #require(try store.openView(of: inbox, owner: owner, readOnly: false))
        }

        func expunge() {
            _ = store.perform(
                ExpungeMessages(account: account, mailbox: inbox), actor: Actor(),
                cause: Cause(command: "t"))
        }

        /// Waits for it; the store looks every two seconds.
        func waitForEviction() -> Set<UInt64> {
            let deadline = ContinuousClock.now + .seconds(20)
            while ContinuousClock.now < deadline {
                let sessions = evicted.sessions.withLock { $0 }
                if !sessions.isEmpty { return sessions }
                usleep(20_000)
            }
            return []
        }

        func ghosts() throws -> UInt32? {
            try store.read { reader throws(StoreError) in try reader.mailboxRow(inbox)?.ghosts }
        }
    }

    private static func limits(_ change: (inout GhostLimits) -> Void) -> GhostLimits {
        var limits = GhostLimits()
        change(&limits)
        return limits
    }

    @Test(arguments: [limits { $0.messages = 2 }, limits { $0.bytes = 50 }])
    func whoHoldsTooMuchMustLeaveAndTheOthersStay(limits: GhostLimits) throws {
        let stage = try Stage(limits)
        let laggard = try stage.open(1)
        let listener = try stage.open(2)
        stage.expunge()
        _ = try stage.store.read { reader throws(StoreError) in
            try listener.advance(.everything, on: reader)
        }
        #expect(stage.waitForEviction() == [1])
        #expect(stage.store.hub.viewers(of: stage.inbox).map(\.owner.id) == [2])
        withExtendedLifetime(laggard) {}
    }

    @Test func whatIsHeldIsToldForEachCursor() throws {
        let stage = try Stage(GhostLimits())
        let view = try stage.open(1)
        let before = view.expunged
        stage.expunge()
        let (held, told) = try stage.store.read { reader throws(StoreError) in
            let holdings = try reader.ghostHoldings(of: stage.inbox, at: [before, reader.head])
            return (holdings[0], holdings[1])
        }
        #expect(held.messages == 3 && held.bytes == 3 * 26)
        #expect(held.since == before.next)
        #expect(told == GhostHolding())
    }

    @Test func whoRestsInADeletedMailboxForTooLongMustLeave() throws {
        let stage = try Stage(Self.limits { $0.ageSeconds = 3600 })
        let work = try name("Work")
        _ = stage.store.perform(
            CreateMailbox(account: stage.account, name: work), actor: Actor(),
            cause: Cause(command: "t"))
        let found = try stage.store.read { reader throws(StoreError) in
            try reader.mailbox(named: work, in: stage.account)
        }
        let mailbox = try #require(found)
        let view = try stage.store.openView(
            of: mailbox, owner: SessionIdentity(id: 7, user: "anna"), readOnly: true)
        _ = stage.store.perform(
            DeleteMailbox(account: stage.account, name: work), actor: Actor(),
            cause: Cause(command: "t"))
        #expect(stage.store.hub.viewers(of: mailbox).count == 1)
        stage.clock.seconds.add(3700, ordering: .relaxed)
        #expect(stage.waitForEviction() == [7])
        // Its name is free.
        let again = stage.store.perform(
            CreateMailbox(account: stage.account, name: work), actor: Actor(),
            cause: Cause(command: "t"))
        if case .accepted = again {} else { Issue.record("the name is not free: \(again)") }
        withExtendedLifetime(view) {}
    }
}
