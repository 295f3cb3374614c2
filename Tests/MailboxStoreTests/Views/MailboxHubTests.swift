import MailModel
import MailboxStore
import Synchronization
import Testing

/// A lane whose work is run by hand.
final class HandLane: ReplyLane {
    private let work = Mutex<[@Sendable () -> Void]>([])

    func execute(_ work: @escaping @Sendable () -> Void) { self.work.withLock { $0.append(work) } }

    var waiting: Int { work.withLock { $0.count } }

    func run() {
        let work = work.withLock { work in
            defer { work = [] }
            return work
        }
        for item in work { item() }
    }
}

/// Counts calls by name.
final class Calls: Sendable {
    private let calls = Mutex<[String: Int]>([:])
    func add(_ name: String) { calls.withLock { $0[name, default: 0] += 1 } }
    subscript(name: String) -> Int { calls.withLock { $0[name] ?? 0 } }
}

@Suite struct MailboxHubTests {
    let hub = MailboxHub()

    @Test func theHorizonIsTheLeastExpungedCursor() throws {
        let history = MemoryHistory.filled(inbox, 5)
        #expect(hub.horizon(of: inbox) == nil)
        let first = try hub.open(history, by: 1)
        let second = try hub.open(history, by: 2)
        #expect(hub.horizon(of: inbox) == LogPosition(1))
        history.flag(UIDSet(1...1), in: inbox)
        history.expunge(UIDSet(2...2), in: inbox)
        _ = try first.advance(.everything, history)
        #expect(hub.horizon(of: inbox) == LogPosition(1))
        _ = try second.advance(.appendsAndFlags, history)
        #expect(hub.horizon(of: inbox) == LogPosition(2), "ghosts before the pending one may go")
        let opening = hub.register(inbox, owner: session(3), readOnly: true)
        #expect(hub.horizon(of: inbox) == .start, "an opening view keeps everything")
        opening.close()
        second.close()
        #expect(hub.horizon(of: inbox) == LogPosition(3))
        first.close()
        #expect(hub.horizon(of: inbox) == nil)
    }

    @Test func knowsWhoHasWhatOpen() throws {
        let history = MemoryHistory.filled(inbox, 5)
        let first = try hub.open(history, by: 1)
        let second = try hub.open(history, by: 2, readOnly: true)
        let other = try hub.open(history, archive, by: 2)
        #expect(hub.isOpen(inbox, besides: session(1)))
        #expect(hub.isOpen(archive, besides: nil))
        #expect(!hub.isOpen(archive, besides: session(2)))
        #expect(hub.viewers(of: inbox).map(\.owner.id) == [1, 2])
        #expect(hub.viewers(of: inbox).map(\.readOnly) == [false, true])
        #expect(hub.allViewers.map(\.mailbox) == [inbox, inbox, archive])
        #expect(
            hub.allViewers.allSatisfy { $0.seen == history.head && $0.expunged == history.head })
        second.close()
        #expect(!hub.isOpen(inbox, besides: session(1)))
        first.close()
        other.close()
        #expect(hub.allViewers.isEmpty)
    }

    @Test func oneCallForEachLaneAndCommit() throws {
        let history = MemoryHistory.filled(inbox, 1)
        let calls = Calls()
        let (left, right) = (HandLane(), HandLane())
        for name in ["a", "b", "c"] { _ = hub.watch(inbox, on: left) { calls.add(name) } }
        let leaving = hub.watch(inbox, on: right) { calls.add("d") }
        _ = hub.watch(archive, on: right) { calls.add("e") }

        hub.announce([try history.touched(inbox)])
        #expect(left.waiting == 1 && right.waiting == 1)
        hub.announce([try history.touched(inbox)])
        #expect(left.waiting == 1, "who is called already is not called again")
        hub.unwatch(leaving)
        left.run()
        right.run()
        #expect(calls["a"] == 1 && calls["b"] == 1 && calls["c"] == 1)
        #expect(calls["d"] == 0 && calls["e"] == 0)

        hub.announce([try history.touched(inbox), try history.touched(archive)])
        left.run()
        right.run()
        #expect(calls["a"] == 2 && calls["d"] == 0 && calls["e"] == 1)
        hub.announce([try history.touched(inbox, hasNews: false)])
        #expect(left.waiting == 0, "a claim or a reclaim is no news")
    }
}

@Suite struct ReclaimingTests {
    /// Requests as the writer would get them.
    final class Queue: Sendable {
        private let requests = Mutex<[ReclaimRequest]>([])
        func add(_ request: ReclaimRequest) { requests.withLock { $0.append(request) } }
        func take() -> [ReclaimRequest] {
            requests.withLock { requests in
                defer { requests = [] }
                return requests
            }
        }
    }

    let queue = Queue()
    let history = MemoryHistory.filled(inbox, 500)

    func hub(leastGhosts: UInt32) -> MailboxHub {
        let hub = MailboxHub(leastGhosts: leastGhosts)
        let queue = queue
        hub.startReclaiming { queue.add($0) }
        return hub
    }

    @Test func ghostsGoWhenTheLastWhoSeesThemHasBeenTold() throws {
        let hub = hub(leastGhosts: 1)
        let first = try hub.open(history, by: 1)
        let second = try hub.open(history, by: 2)
        let expunge = history.expunge(UIDSet(1...3), in: inbox)
        hub.announce([try history.touched(inbox)])
        _ = try first.advance(.everything, history)
        _ = try second.advance(.appendsAndFlags, history)
        #expect(queue.take().isEmpty)
        _ = try second.advance(.everything, history)
        let requests = queue.take()
        #expect(requests.map(\.through) == [expunge] && requests.map(\.whole) == [false])
        first.close()
        second.close()
        #expect(queue.take().isEmpty, "asked for already")
    }

    @Test func oneRequestAtATimeAndNotOneForEachMessage() throws {
        let hub = hub(leastGhosts: 10)
        let view = try hub.open(history)
        var requests: [ReclaimRequest] = []
        for uid in UInt32(1)...100 {
            history.expunge(UIDSet(uid...uid), in: inbox)
            hub.announce([try history.touched(inbox)])
            _ = try view.advance(.everything, history)
            requests += queue.take()
        }
        #expect(requests.map(\.through) == [LogPosition(10)], "the first is not finished")
        view.close()
        #expect(queue.take().isEmpty)
        hub.reclaimFinished(requests[0])
        #expect(queue.take().map(\.through) == [history.head])
    }

    @Test func fewGhostsWaitForTheLastViewToClose() throws {
        let hub = hub(leastGhosts: 10)
        let view = try hub.open(history)
        history.expunge(UIDSet(1...3), in: inbox)
        hub.announce([try history.touched(inbox)])
        _ = try view.advance(.everything, history)
        #expect(queue.take().isEmpty)
        view.close()
        #expect(queue.take().map(\.through) == [history.head], "queued when close returns")
    }

    @Test func aDeletedMailboxGoesWholeWithItsLastView() throws {
        let hub = hub(leastGhosts: 10)
        let first = try hub.open(history, by: 1)
        let second = try hub.open(history, by: 2)
        history.record(inbox) { $0.mailboxDeleted = true }
        hub.announce([try history.touched(inbox)])
        first.close()
        #expect(queue.take().isEmpty)
        second.close()
        let requests = queue.take()
        #expect(requests.count == 1 && requests[0].whole && requests[0].account == AccountID(1))
        hub.reclaimFinished(requests[0])
        #expect(queue.take().isEmpty)
    }

    @Test func theWholeMailboxDoesNotWaitForARequestUnderWay() throws {
        let hub = hub(leastGhosts: 1)
        let view = try hub.open(history)
        history.expunge(UIDSet(1...1), in: inbox)
        hub.announce([try history.touched(inbox)])
        _ = try view.advance(.everything, history)
        #expect(queue.take().count == 1)
        history.record(inbox) { $0.mailboxDeleted = true }
        hub.announce([try history.touched(inbox)])
        view.close()
        #expect(queue.take().map(\.whole) == [true])
    }

    @Test func nothingGoesWhileAViewOpens() throws {
        let hub = hub(leastGhosts: 1)
        let opening = hub.register(inbox, owner: session(1), readOnly: false)
        let snapshot = history.snapshot()
        history.expunge(UIDSet(1...3), in: inbox)
        hub.announce([try history.touched(inbox)])
        #expect(queue.take().isEmpty)
        let view = try #require(try MailboxView(opening, on: snapshot))
        #expect(queue.take().isEmpty && view.uid(at: 1) == 1)
        _ = try view.advance(.everything, history)
        #expect(queue.take().count == 1)
    }

    @Test func atTheStartEverythingBehindGoes() throws {
        let hub = MailboxHub()
        history.expunge(UIDSet(1...3), in: inbox)
        hub.announce([try history.touched(inbox, hasNews: false)])
        let queue = queue
        hub.startReclaiming { queue.add($0) }
        #expect(queue.take().map(\.through) == [history.head])
    }

    @Test func aToolNeverAsks() throws {
        let hub = MailboxHub(leastGhosts: 1)
        history.expunge(UIDSet(1...3), in: inbox)
        hub.announce([try history.touched(inbox)])
        try hub.open(history).close()
        #expect(queue.take().isEmpty)
    }
}
