import MailEvents
import MailModel
import MailboxStore

/// A store in a directory of its own with a clock that stands still: the same changes make the
/// same events on every run.
package final class TestStore {
    /// 2025-01-02 03:04:05 UTC, in nanoseconds since 1970.
    package static let usualNow: Int64 = 1_735_787_045_000_000_000

    package private(set) var store: MailboxStore
    package let nowNanoseconds: Int64
    private let options: StoreOptions
    private let directory: TemporaryDirectory

    package struct Refused: Error {
        package let refusal: Refusal
    }

    package init(
        nowNanoseconds: Int64 = TestStore.usualNow, policy: PolicyLayer = PolicyLayer(),
        in place: TemporaryDirectory.Place = .memory
    ) throws {
        directory = try TemporaryDirectory(in: place)
        self.nowNanoseconds = nowNanoseconds
        options = StoreOptions(
            role: .server, mapSizeBytes: 64 << 30, nowNanoseconds: { nowNanoseconds })
        store = try MailboxStore.open(directory: directory.path, options: options)
        if !policy.isEmpty { try perform(ChangePolicy(.store, .replace(policy))) }
    }

    deinit { store.close() }

    package var path: String { directory.path }

    /// Lets go of the store, for another process or server to have it.
    package func close() { store.close() }

    package func reopen() throws {
        store = try MailboxStore.open(directory: directory.path, options: options)
    }

    /// Makes a change as an administrator would, and waits for it.
    @discardableResult
    package func perform(_ change: any Change) throws -> ChangeResult {
        let actor = Actor(user: "test", session: "0", protocolName: "test")
        switch store.perform(change, actor: actor, cause: Cause(command: "set-up")) {
        case .accepted(let result, _): return result
        case .refused(let refusal): throw Refused(refusal: refusal)
        case .failed(let error): throw error
        }
    }

    /// The account of this name, made if need be.
    package func account(_ name: String) throws -> AccountID {
        let found = try store.read { reader throws(StoreError) in
            try reader.account(named: name)
        }
        if let found { return found }
        guard case .accountCreated(let account) = try perform(CreateAccount(name: name)) else {
            throw StoreError.corrupt("no account was created")
        }
        return account
    }
}
