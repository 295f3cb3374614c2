import EventLog
import Foundation
import LMDB
import MailEvents
import MailModel
import Synchronization
import Testing

/// The implementations that hold to the contract.
enum Implementation: String, CaseIterable, CustomTestStringConvertible, Sendable {
    case memory
    case lmdb

    var testDescription: String { rawValue }

    /// A new log that holds its first event and nothing else.
    func make(clock: TestClock = TestClock()) throws -> any EventLog {
        switch self {
        case .memory:
            return try InMemoryEventLog(genesis: Drafts.genesis, clock: clock.now)
        case .lmdb:
            let directory = try TemporaryDirectory()
            let log = try LMDBEventLog(
                environment: Environment(path: directory.path), creating: Drafts.genesis,
                clock: clock.now)
            directory.removeNow()
            return log
        }
    }
}

/// A clock that tests set.
final class TestClock: Sendable {
    private let time: Mutex<Int64>

    init(_ nanoseconds: Int64 = 1_700_000_000_000_000_000) { time = Mutex(nanoseconds) }

    func set(_ nanoseconds: Int64) { time.withLock { $0 = nanoseconds } }

    var now: WallClock { { self.time.withLock { $0 } } }
}

enum Drafts {
    static let storeID = [UInt8](0..<16)

    static var genesis: Genesis {
        get throws {
            struct WrongLength: Error {}
            guard
                let genesis = Genesis(
                    storeID: storeID, actor: Actor(user: "root"), cause: Cause(command: "test"))
            else { throw WrongLength() }
            return genesis
        }
    }

    /// An event that any log takes.
    static func account(_ name: String) -> EventDraft {
        EventDraft(
            account: nil, mailbox: nil, actor: Actor(user: name, protocolName: "cli"),
            cause: Cause(command: "account add"),
            event: .accountCreated(AccountCreated(name: name)))
    }

    /// An event that breaks a rule of the schema: no log takes it.
    static var broken: EventDraft {
        EventDraft(
            account: nil, mailbox: nil, actor: Actor(), cause: Cause(command: "test"),
            event: .storeCreated(StoreCreated(storeID: [1, 2, 3])))
    }
}

/// A directory that is gone after the test.
final class TemporaryDirectory {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("log-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    /// Files that are open stay usable without their names.
    func removeNow() { try? FileManager.default.removeItem(atPath: path) }

    deinit { removeNow() }
}
