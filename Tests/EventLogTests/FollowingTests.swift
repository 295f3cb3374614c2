import EventLog
import MailEvents
import MailModel
import Synchronization
import Testing

@Suite struct FollowingTests {
    @Test(arguments: Implementation.allCases)
    func waitingEndsWithTheTimeWhenNothingComes(_ implementation: Implementation) throws {
        let log = try implementation.make()
        let head = try log.waitForNews(after: LogPosition(1), timeoutSeconds: 0.02)
        #expect(head.position == LogPosition(1))
    }

    @Test(arguments: Implementation.allCases)
    func waitingForWhatIsThereEndsAtOnce(_ implementation: Implementation) throws {
        let log = try implementation.make()
        let head = try log.waitForNews(after: .start, timeoutSeconds: 600)
        #expect(head.position == LogPosition(1))
    }

    @Test(arguments: Implementation.allCases)
    func anAppendWakesWhoWaits(_ implementation: Implementation) async throws {
        let log = try implementation.make()
        let epoch = try log.acquire(owner: "test")
        let waiting = Task.detached {
            try log.waitForNews(after: LogPosition(1), timeoutSeconds: 600)
        }
        _ = try log.append([Drafts.account("ada")], epoch: epoch, after: LogPosition(1))
        let head = try await waiting.value
        #expect(head.position == LogPosition(2))
    }

    @Test(arguments: Implementation.allCases)
    func subscribersHearOfEachAppendUntilTheyLeave(_ implementation: Implementation) throws {
        let log = try implementation.make()
        let epoch = try log.acquire(owner: "test")
        let box = Box(Mutex<[LogPosition]>([]))
        let subscription = log.signal.subscribe { position in
            box.value.withLock { $0.append(position) }
        }
        _ = try log.append([Drafts.account("ada")], epoch: epoch, after: LogPosition(1))
        _ = try log.append(
            [Drafts.account("bob"), Drafts.account("eve")], epoch: epoch, after: LogPosition(2))
        log.signal.unsubscribe(subscription)
        _ = try log.append([Drafts.account("zoe")], epoch: epoch, after: LogPosition(4))
        #expect(box.value.withLock { $0 } == [LogPosition(2), LogPosition(4)])
    }

    @Test func whatIsNoNewsIsNotAnnounced() {
        let signal = LogSignal(position: LogPosition(5))
        let count = Box(Mutex(0))
        _ = signal.subscribe { _ in count.value.withLock { $0 += 1 } }
        signal.announce(LogPosition(5))
        signal.announce(LogPosition(3))
        #expect(signal.latest == LogPosition(5))
        #expect(count.value.withLock { $0 } == 0)
    }

    @Test(arguments: Implementation.allCases)
    func aReaderGoesThroughManyChunksAndFollowsGrowth(_ implementation: Implementation) throws {
        func check<Log: EventLog>(_ log: Log) throws {
            let epoch = try log.acquire(owner: "test")
            let count = LogReader<Log>.chunkLength * 2 + 3
            let drafts = (0..<count).map { Drafts.account("account-\($0)") }
            _ = try log.append(drafts, epoch: epoch, after: LogPosition(1))
            var reader = LogReader(log)
            var last: UInt64 = 0
            while let event = try reader.next() {
                #expect(event.position.rawValue == last + 1)
                last = event.position.rawValue
            }
            #expect(last == UInt64(count) + 1)
            _ = try log.append([Drafts.account("late")], epoch: epoch, after: LogPosition(last))
            #expect(try reader.next()?.position == LogPosition(last + 1))
            #expect(try reader.next() == nil)
        }
        try check(implementation.make())
    }
}

/// Shares a mutex with a closure.
private final class Box<Value>: Sendable {
    let value: Mutex<Value>
    init(_ value: consuming Mutex<Value>) { self.value = value }
}
