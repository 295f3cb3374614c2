import EventLog
import MailEvents
import MailModel
import Testing

/// What every implementation of `EventLog` holds to.
@Suite struct ContractTests {
    @Test(arguments: Implementation.allCases)
    func aNewLogBeginsWithTheStore(_ implementation: Implementation) throws {
        let log = try implementation.make()
        let events = try log.entries(after: .start, limit: 10)
        #expect(events.count == 1)
        #expect(events.first?.event == .storeCreated(StoreCreated(storeID: Drafts.storeID)))
        #expect(try log.head() == events.first?.head)
        #expect(try log.head().position == LogPosition(1))
    }

    @Test(arguments: Implementation.allCases)
    func appendedEventsAreReadBackInOrder(_ implementation: Implementation) throws {
        let log = try implementation.make()
        let epoch = try log.acquire(owner: "test")
        let drafts = [Drafts.account("ada"), Drafts.account("grace")]
        let outcome = try log.append(drafts, epoch: epoch, after: LogPosition(1))
        #expect(try outcome == .committed(log.head()))
        let events = try log.entries(after: LogPosition(1), limit: 10)
        #expect(events.map(\.position) == [LogPosition(2), LogPosition(3)])
        #expect(events.map(\.event) == drafts.map(\.event))
        #expect(events.map(\.actor) == drafts.map(\.actor))
        #expect(events.map(\.cause) == drafts.map(\.cause))
        #expect(events.map(\.account) == [AccountID(2), AccountID(3)])
    }

    @Test(arguments: Implementation.allCases)
    func positionsHaveNoGaps(_ implementation: Implementation) throws {
        let log = try implementation.make()
        try fill(log, batches: [1, 5, 0, 2])
        let events = try log.entries(after: .start, limit: 100)
        #expect(events.map(\.position.rawValue) == Array(1...9))
    }

    @Test(arguments: Implementation.allCases)
    func theChainIsUnbroken(_ implementation: Implementation) throws {
        let log = try implementation.make()
        try fill(log, batches: [3, 4])
        var previous = ChainDigest.start
        for record in try log.records(after: .start, limit: 100) {
            try record.value.withUnsafeBytes { value in
                let stored = try #require(StoredValue(value))
                #expect(stored.follows(previous))
                previous = stored.digest
            }
        }
        #expect(try log.head().digest == previous)
    }

    @Test(arguments: Implementation.allCases)
    func timesNeverRunBackwards(_ implementation: Implementation) throws {
        let clock = TestClock(1_000)
        let log = try implementation.make(clock: clock)
        let epoch = try log.acquire(owner: "test")
        let moments: [Int64] = [2_000, 500, -7, 1_999, 3_000]
        for (index, time) in moments.enumerated() {
            clock.set(time)
            _ = try log.append(
                [Drafts.account("a\(index)")], epoch: epoch, after: log.head().position)
        }
        let times = try log.entries(after: .start, limit: 10).map(\.timeNanoseconds)
        #expect(times == [1_000, 2_000, 2_000, 2_000, 2_000, 3_000])
    }

    @Test(arguments: Implementation.allCases)
    func anOlderEpochIsFenced(_ implementation: Implementation) throws {
        let log = try implementation.make()
        let first = try log.acquire(owner: "first")
        let second = try log.acquire(owner: "second")
        #expect(first < second)
        let outcome = try log.append([Drafts.account("ada")], epoch: first, after: LogPosition(1))
        #expect(outcome == .fenced(second))
        #expect(try log.head().position == LogPosition(1))
        #expect(try log.currentEpoch() == second)
    }

    @Test(arguments: Implementation.allCases)
    func whoNeverAcquiredIsFencedToo(_ implementation: Implementation) throws {
        let log = try implementation.make()
        let outcome = try log.append(
            [Drafts.account("ada")], epoch: Epoch(7), after: LogPosition(1))
        #expect(outcome == .fenced(.none))
    }

    @Test(arguments: Implementation.allCases, [0 as UInt64, 2, .max])
    func anAppendAfterAnotherPlaceIsAConflict(
        _ implementation: Implementation, after: UInt64
    ) throws {
        let log = try implementation.make()
        let epoch = try log.acquire(owner: "test")
        let head = try log.head()
        let outcome = try log.append(
            [Drafts.account("ada")], epoch: epoch, after: LogPosition(after))
        #expect(outcome == .conflict(head))
        #expect(try log.head() == head)
    }

    @Test(arguments: Implementation.allCases)
    func anAppendIsAllOrNothing(_ implementation: Implementation) throws {
        let log = try implementation.make()
        let epoch = try log.acquire(owner: "test")
        let head = try log.head()
        #expect(throws: EventLogError.self) {
            try log.append(
                [Drafts.account("ada"), Drafts.broken], epoch: epoch, after: head.position)
        }
        #expect(try log.head() == head)
        let outcome = try log.append([Drafts.account("ada")], epoch: epoch, after: head.position)
        #expect(try outcome == .committed(log.head()))
        #expect(try log.entries(after: .start, limit: 10).count == 2)
    }

    @Test(arguments: Implementation.allCases)
    func readingStopsAtTheLimitAndAtTheEnd(_ implementation: Implementation) throws {
        let log = try implementation.make()
        try fill(log, batches: [9])
        #expect(
            try log.entries(after: LogPosition(2), limit: 3).map(\.position.rawValue) == [3, 4, 5])
        #expect(
            try log.records(after: LogPosition(8), limit: 30).map(\.position.rawValue) == [9, 10])
        #expect(try log.entries(after: LogPosition(10), limit: 5).isEmpty)
        #expect(try log.entries(after: LogPosition(.max), limit: 5).isEmpty)
        #expect(try log.records(after: .start, limit: 0).isEmpty)
        #expect(try log.records(after: .start, limit: -1).isEmpty)
    }

    @Test(arguments: Implementation.allCases)
    func sealingOnlyGrowsAndNeverPassesTheHead(_ implementation: Implementation) throws {
        let log = try implementation.make()
        try fill(log, batches: [4])
        #expect(try log.sealedThrough() == .start)
        try log.seal(through: LogPosition(3))
        try log.seal(through: LogPosition(2))
        #expect(try log.sealedThrough() == LogPosition(3))
        let error = #expect(throws: EventLogError.self) { try log.seal(through: LogPosition(6)) }
        #expect(error == .beyondHead(LogPosition(6)))
    }
}

extension ContractTests {
    /// Appends batches of so many events.
    private func fill(_ log: some EventLog, batches: [Int]) throws {
        let epoch = try log.acquire(owner: "test")
        var number = 0
        for size in batches {
            let drafts = (0..<size).map { Drafts.account("account-\(number + $0)") }
            number += size
            _ = try log.append(drafts, epoch: epoch, after: log.head().position)
        }
    }
}
