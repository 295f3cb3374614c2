import Dispatch
import EventLog
import LMDB
import MailEvents
import MailModel
import Testing

@Suite struct LMDBEventLogTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private func open(creating: Bool = true) throws -> LMDBEventLog {
        try LMDBEventLog(
            environment: Environment(path: directory.path),
            creating: creating ? Drafts.genesis : nil, clock: TestClock().now)
    }

    @Test func everythingIsThereAfterReopening() throws {
        let written: [RecordedEvent]
        do {
            let log = try open()
            let epoch = try log.acquire(owner: "test")
            _ = try log.append([Drafts.account("ada")], epoch: epoch, after: LogPosition(1))
            written = try log.entries(after: .start, limit: 10)
        }
        let log = try open(creating: false)
        #expect(try log.entries(after: .start, limit: 10) == written)
        #expect(try log.head() == written.last?.head)
        #expect(try log.currentEpoch() == Epoch(1))
        #expect(log.storeID == Drafts.storeID)
    }

    @Test func openingForCreationKeepsAnExistingLog() throws {
        do { _ = try open() }
        let log = try open()
        #expect(try log.head().position == LogPosition(1))
    }

    @Test func anEmptyEnvironmentIsNoLog() throws {
        let error = #expect(throws: EventLogError.self) { try open(creating: false) }
        #expect(error == .noLog)
    }

    @Test func aStoreOfANewerFormatIsRefused() throws {
        do {
            let log = try open()
            try log.environment.write { transaction in
                try transaction.put(log.meta.database, "format", [0, 0, 0, 9])
            }
        }
        let error = #expect(throws: EventLogError.self) { try open() }
        #expect(error == .newerFormat(found: 9, known: MetaTable.formatVersion))
        #expect(error?.description.contains("format 9") == true)
    }

    @Test func aWriterAppendsManyEventsInItsOwnTransaction() throws {
        let log = try open()
        let epoch = try log.acquire(owner: "test")
        let transaction = try log.environment.beginWrite()
        var appender = try log.appender(epoch: epoch, in: transaction)
        for number in 0..<5 as Range<Int64> {
            let event = try appender.append(
                Drafts.account("a\(number)"), nowNanoseconds: number, in: transaction)
            #expect(event.position.rawValue == UInt64(number) + 2)
            #expect(try log.event(at: event.position, in: transaction) == event)
        }
        #expect(try log.head(in: transaction) == appender.head)
        #expect(try log.head().position == LogPosition(1))
        try transaction.commit()
        log.didCommit(appender.head)
        #expect(try log.head() == appender.head)
        #expect(log.signal.latest == LogPosition(6))
    }

    @Test func whatWasNotCommittedLeavesNoTrace() throws {
        let log = try open()
        let epoch = try log.acquire(owner: "test")
        do {
            let transaction = try log.environment.beginWrite()
            var appender = try log.appender(epoch: epoch, in: transaction)
            _ = try appender.append(Drafts.account("ada"), nowNanoseconds: 9, in: transaction)
        }
        #expect(try log.head().position == LogPosition(1))
        let outcome = try log.append([Drafts.account("bob")], epoch: epoch, after: LogPosition(1))
        #expect(try outcome == .committed(log.head()))
        #expect(try log.head().position == LogPosition(2))
    }

    @Test func anAppenderOfAnOlderEpochIsFenced() throws {
        let log = try open()
        let first = try log.acquire(owner: "first")
        let second = try log.acquire(owner: "second")
        let transaction = try log.environment.beginWrite()
        let error = #expect(throws: EventLogError.self) {
            _ = try log.appender(epoch: first, in: transaction)
        }
        #expect(error == .fenced(second))
        #expect(try log.meta.owner(in: transaction) == "second")
    }

    @Test func aToolAppendsUnderTheServersEpoch() throws {
        let log = try open()
        let server = try log.acquire(owner: "server")
        let transaction = try log.environment.beginWrite()
        var tool = try log.appender(epoch: log.currentEpoch(in: transaction), in: transaction)
        _ = try tool.append(Drafts.account("ada"), nowNanoseconds: 0, in: transaction)
        try transaction.commit()
        #expect(try log.append([], epoch: server, after: LogPosition(2)) == .committed(log.head()))
    }

    @Test func newsFromOutsideIsNoticed() throws {
        let log = try open()
        let epoch = try log.acquire(owner: "test")
        let transaction = try log.environment.beginWrite()
        var appender = try log.appender(epoch: epoch, in: transaction)
        _ = try appender.append(Drafts.account("ada"), nowNanoseconds: 0, in: transaction)
        try transaction.commit()
        // Nobody called `didCommit`: as if another process had appended.
        #expect(log.signal.latest == LogPosition(1))
        #expect(try log.waitForNews(after: LogPosition(1), timeoutSeconds: 600) == appender.head)
        #expect(log.signal.latest == LogPosition(2))
    }

    @Test func writersOnManyThreadsLeaveOneUnbrokenLog() throws {
        let log = try open()
        DispatchQueue.concurrentPerform(iterations: 4) { thread in
            for number in 0..<25 {
                do {
                    let transaction = try log.environment.beginWrite()
                    var appender = try log.appender(
                        epoch: log.currentEpoch(in: transaction), in: transaction)
                    _ = try appender.append(
                        Drafts.account("account-\(thread)-\(number)"), nowNanoseconds: 0,
                        in: transaction)
                    try transaction.commit()
                    log.didCommit(appender.head)
                    _ = try log.entries(after: LogPosition(90), limit: 5)
                } catch {
                    Issue.record(error)
                }
            }
        }
        let records = try log.records(after: .start, limit: 1_000)
        #expect(records.map(\.position.rawValue) == Array(1...101))
        #expect(log.signal.latest == LogPosition(101))
    }

    private func overwrite(_ log: LMDBEventLog, _ position: UInt64, _ value: [UInt8]?) throws {
        let database = try log.environment.openDatabase("log")
        try log.environment.write { transaction in
            if let value {
                try transaction.put(database, position, value)
            } else {
                try transaction.delete(database, position)
            }
        }
    }

    @Test(arguments: [
        [], [1, 2, 3], [UInt8](repeating: 0, count: 32), [UInt8](repeating: 255, count: 40),
    ])
    func aBadRecordFailsTheRequestThatMeetsIt(value: [UInt8]) throws {
        let log = try open()
        let epoch = try log.acquire(owner: "test")
        let names = ["ada", "bob", "eve"]
        _ = try log.append(names.map(Drafts.account), epoch: epoch, after: LogPosition(1))
        try overwrite(log, 3, value)
        let error = #expect(throws: EventLogError.self) { try log.entries(after: .start, limit: 9) }
        #expect(error?.description.contains("3") == true)
        #expect(try log.entries(after: .start, limit: 2).count == 2)
        #expect(try log.entries(after: LogPosition(3), limit: 2).count == 1)
        #expect(try log.records(after: .start, limit: 9).count == 4)
    }

    @Test func aMissingRecordIsNamed() throws {
        let log = try open()
        let epoch = try log.acquire(owner: "test")
        let names = ["ada", "bob", "eve"]
        _ = try log.append(names.map(Drafts.account), epoch: epoch, after: LogPosition(1))
        try overwrite(log, 3, nil)
        let error = #expect(throws: EventLogError.self) { try log.records(after: .start, limit: 9) }
        #expect(error == .damaged(LogPosition(3), reason: "it is missing"))
    }

    @Test func aFullMapLosesNothing() throws {
        let environment = try Environment(
            path: directory.path, options: EnvironmentOptions(mapSizeBytes: 192 * 1024))
        let log = try LMDBEventLog(environment: environment, creating: Drafts.genesis)
        let epoch = try log.acquire(owner: "test")
        var head = try log.head()
        var refusal: EventLogError?
        for number in 0..<10_000 where refusal == nil {
            do throws(EventLogError) {
                let drafts = (0..<9).map { Drafts.account("account-\(number)-\($0)") }
                let outcome = try log.append(drafts, epoch: epoch, after: head.position)
                guard case .committed(let next) = outcome else { break }
                head = next
            } catch {
                refusal = error
            }
        }
        guard case .storage(let error) = refusal else {
            Issue.record("the map never filled: \(String(describing: refusal))")
            return
        }
        #expect(error.kind == .mapFull)
        #expect(try log.head() == head)
        #expect(try UInt64(log.entries(after: .start, limit: .max).count) == head.position.rawValue)
    }
}
