import MailEvents
import MailModel
import MailTesting
import MailboxStore
import Testing

/// A store in a directory of its own, removed at the end.
final class StoreFixture {
    private let place: TemporaryDirectory
    private(set) var store: MailboxStore

    var directory: String { place.path }

    init() throws {
        place = try TemporaryDirectory()
        store = try MailboxStore.open(
            directory: place.path, options: StoreOptions(role: .server))
    }

    deinit { store.close() }

    /// Closes the store and opens it again, as after a restart.
    func reopen(as role: StoreOptions.Role = .server) throws {
        store.close()
        store = try MailboxStore.open(directory: directory, options: StoreOptions(role: role))
    }
}

/// What tests do, in the words of the store.
extension StoreFixture {
    struct Refused: Error { let refusal: Refusal }
    struct Failed: Error { let error: StoreError }

    @discardableResult
    func perform(_ change: any Change, tag: String = "t") throws -> ChangeResult {
        let actor = Actor(user: "tester", session: "1", protocolName: "test", tag: tag)
        switch store.perform(change, actor: actor, cause: Cause(command: "test")) {
        case .accepted(let result, _): return result
        case .refused(let refusal): throw Refused(refusal: refusal)
        case .failed(let error): throw Failed(error: error)
        }
    }

    func account(_ name: String) throws -> AccountID {
        guard case .accountCreated(let id) = try perform(CreateAccount(name: name)) else {
            throw Failed(error: .corrupt("no account was created"))
        }
        return id
    }

    func append(
        _ text: String, to name: MailboxName = .inbox, of account: AccountID,
        flags: SystemFlags = [], keywords: [Keyword] = []
    ) throws -> UIDSet {
        let message = IncomingMessage(
            body: IncomingBody(of: Array(text.utf8)),
            flags: FlagSet(system: flags, keywords: keywords),
            internalDate: InternalDate(secondsSinceEpoch: 1_700_000_000))
        let change = AppendMessages(account: account, destination: name, messages: [message])
        guard case .appended(_, _, let uids) = try perform(change) else { return UIDSet() }
        return uids
    }

    func mailbox(_ name: MailboxName, of account: AccountID) throws -> MailboxID {
        try #require(
            try store.read { reader throws(StoreError) in
                try reader.mailbox(named: name, in: account)
            })
    }

    func row(_ name: MailboxName, of account: AccountID) throws -> MailboxRow {
        let id = try mailbox(name, of: account)
        return try #require(
            try store.read { reader throws(StoreError) in try reader.mailboxRow(id) })
    }

    /// Invariant 1: what the log says is what the projections hold.
    func expectNoDrift(sourceLocation: SourceLocation = #_sourceLocation) throws {
        let comparison = try store.compareProjections()
        #expect(comparison.differences == [], sourceLocation: sourceLocation)
        #expect(comparison.rowsCompared > 0, sourceLocation: sourceLocation)
    }
}

func name(_ text: String) throws -> MailboxName { try MailboxName(text) }
