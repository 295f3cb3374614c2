import Glibc
import MailEvents
import MailModel
import MailboxStore

/// A store in a folder of its own that goes with it.
final class ScratchStore {
    let store: MailboxStore
    private let directory: String
    private var sessions: UInt64 = 0

    /// - Parameter parent: where its folder is made.
    init(in parent: String) throws {
        var template = Array("\(parent)/hindsight-bench-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else {
            throw BenchmarkFailure(
                "no folder can be made in \(parent): \(String(cString: strerror(errno)))")
        }
        directory = String(cString: made)
        // Less than the usual terabyte of address space: valgrind has not so much.
        store = try MailboxStore.open(
            directory: directory, options: StoreOptions(role: .server, mapSizeBytes: 32 << 30))
    }

    deinit {
        store.close()
        removeTree(directory)
    }

    func perform(_ change: any Change) throws -> ChangeResult {
        let outcome = store.perform(
            change, actor: Driver.actor, cause: Cause(command: "bench"))
        switch outcome {
        case .accepted(let result, _): return result
        case .refused(let refusal): throw BenchmarkFailure("a change was refused: \(refusal)")
        case .failed(let error): throw error
        }
    }

    func account(_ name: String) throws -> AccountID {
        guard case .accountCreated(let id) = try perform(CreateAccount(name: name)) else {
            throw BenchmarkFailure("no account was created")
        }
        return id
    }

    func inbox(of account: AccountID) throws -> MailboxID {
        let found = try store.read { reader throws(StoreError) in
            try reader.mailbox(named: .inbox, in: account)
        }
        guard let found else { throw BenchmarkFailure("the account has no INBOX") }
        return found
    }

    /// Fills an account's INBOX; what the messages are `make` says.
    ///
    /// - Parameter perAppend: messages of one event.
    func fill(
        _ account: AccountID, count: Int, perAppend: Int = 500, _ make: (Int) -> IncomingBody
    ) throws {
        var next = 0
        while next < count {
            let end = min(next + perAppend, count)
            let messages = (next..<end).map { SampleMail.message(make($0)) }
            _ = try perform(
                AppendMessages(account: account, destination: .inbox, messages: messages))
            next = end
        }
    }

    /// A view that shares nothing with others and finds nothing kept, as the first after a start.
    func viewOfAStranger(of mailbox: MailboxID) throws -> MailboxView {
        let registration = MailboxHub().register(
            mailbox, owner: SessionIdentity(id: 0, user: "bench"), readOnly: true)
        let reader = try store.beginRead()
        guard let view = try MailboxView(registration, on: reader) else {
            throw BenchmarkFailure("the mailbox is not there")
        }
        return view
    }

    func view(of mailbox: MailboxID) throws -> MailboxView {
        sessions += 1
        let owner = SessionIdentity(id: sessions, user: "bench")
        guard let view = try store.openView(of: mailbox, owner: owner, readOnly: true) else {
            throw BenchmarkFailure("the mailbox is not there")
        }
        return view
    }
}

/// Why a benchmark could not be run.
struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }
}

/// Removes a folder and what is in it; what cannot be removed is left.
private func removeTree(_ path: String) {
    guard let folder = opendir(path) else { return }
    while let entry = readdir(folder) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
            pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        guard name != ".", name != ".." else { continue }
        let child = path + "/" + name
        if unlink(child) != 0 { removeTree(child) }
    }
    closedir(folder)
    rmdir(path)
}
