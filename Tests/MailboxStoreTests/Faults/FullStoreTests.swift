import Glibc
import LMDB
import MailEvents
import MailModel
import MailTesting
import MailboxStore
import Testing

/// RELIABILITY F5 and F8: where there is no room, mail is refused and deleting still works.
@Suite struct FullStoreTests {
    private func run(_ store: MailboxStore, _ change: any Change) throws -> ChangeResult {
        let outcome = store.perform(change, actor: Actor(user: "t"), cause: Cause(command: "t"))
        switch outcome {
        case .accepted(let result, _): return result
        case .refused(let refusal): throw StoreFixture.Refused(refusal: refusal)
        case .failed(let error): throw error
        }
    }

    private func message(_ number: Int, sizeBytes: Int) -> IncomingMessage {
        let text = "Subject: \(number)\r\n\r\n" + String(repeating: "x", count: sizeBytes)
        return IncomingMessage(
            body: IncomingBody(of: Array(text.utf8)), flags: FlagSet(),
            internalDate: InternalDate(secondsSinceEpoch: 0))
    }

    /// Appends until it is refused.
    private func fill(_ store: MailboxStore, _ account: AccountID, sizeBytes: Int) throws -> UInt32
    {
        for number in 0..<20_000 {
            let change = AppendMessages(
                account: account, destination: .inbox,
                messages: [message(number, sizeBytes: sizeBytes)])
            do { _ = try run(store, change) } catch is StoreError { return UInt32(number) }
        }
        Issue.record("it was never full")
        return 0
    }

    /// Takes what is left for smaller things, until each of them is refused too.
    private func fillRest(_ store: MailboxStore, _ account: AccountID) throws {
        let inbox = try #require(
            try store.read { reader throws(StoreError) in
                try reader.mailbox(named: .inbox, in: account)
            })
        for number in 0..<2_000 {
            let small: [any Change] = [
                CreateMailbox(account: account, name: try name("m\(number)")),
                CopyMessages(
                    account: account, source: inbox, uids: UIDSet(1...1),
                    destination: try name("m0")),
            ]
            var refused = 0
            for change in small {
                do { _ = try run(store, change) } catch is StoreError { refused += 1 }
            }
            if refused == small.count { return }
        }
    }

    private func expectDeletingWorks(
        _ store: MailboxStore, _ account: AccountID, _ count: UInt32
    ) throws {
        let inbox = try #require(
            try store.read { reader throws(StoreError) in
                try reader.mailbox(named: .inbox, in: account)
            })
        var uid: UInt32 = 1
        while uid <= count {
            let some = UIDSet(uid...min(uid + 49, count))
            _ = try run(
                store,
                ChangeFlags(
                    account: account, mailbox: inbox, uids: some, operation: .add,
                    flags: FlagSet(system: [.deleted])))
            #expect(
                try run(store, ExpungeMessages(account: account, mailbox: inbox)) == .expunged(some)
            )
            uid += 50
        }
    }

    private func makeAccount(_ store: MailboxStore) throws -> AccountID {
        guard case .accountCreated(let id) = try run(store, CreateAccount(name: "ada")) else {
            throw StoreError.corrupt("no account was created")
        }
        return id
    }

    @Test func aFullMapRefusesMailAndLetsItBeDeleted() throws {
        let place = try TemporaryDirectory()
        let store = try MailboxStore.open(
            directory: place.path, options: StoreOptions(role: .server, mapSizeBytes: 2 << 20))
        defer { store.close() }
        let account = try makeAccount(store)
        let count = try fill(store, account, sizeBytes: 10)
        #expect(count > 100)
        try fillRest(store, account)
        try expectDeletingWorks(store, account, count)
        let comparison = try store.compareProjections()
        #expect(comparison.differences == [])
        let result = try run(
            store,
            AppendMessages(
                account: account, destination: .inbox, messages: [message(1, sizeBytes: 10)]))
        guard case .appended(_, _, let uids) = result else { return }
        #expect(uids == UIDSet(count + 1...count + 1), "no UID is left out or used twice")
    }

    @Test func aFullDiskRefusesMailAndLetsItBeDeleted() throws {
        let place = try TemporaryDirectory()
        guard mount("hindsight-test", place.path, "tmpfs", 0, "size=16m") == 0 else {
            print("skipped: mounting a small file system needs root")
            return
        }
        defer { umount2(place.path, CInt(MNT_DETACH)) }
        let ballast = place.path + "/ballast"
        let file = open(ballast, O_CREAT | O_WRONLY, 0o600)
        let zeros = [UInt8](repeating: 0, count: 2 << 20)
        _ = zeros.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
        Glibc.close(file)
        let store = try MailboxStore.open(
            directory: place.path + "/store", options: StoreOptions(role: .server))
        defer { store.close() }
        let account = try makeAccount(store)
        let count = try fill(store, account, sizeBytes: 20_000)
        #expect(count > 50)
        try expectDeletingWorks(store, account, count)
        unlink(ballast)
        let result = try run(
            store,
            AppendMessages(
                account: account, destination: .inbox, messages: [message(1, sizeBytes: 10)]))
        guard case .appended(_, _, let uids) = result else { return }
        #expect(uids == UIDSet(count + 1...count + 1), "no UID is left out or used twice")
    }
}
