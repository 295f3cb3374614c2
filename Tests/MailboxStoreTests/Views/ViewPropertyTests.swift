import MailModel
import MailTesting
import MailboxStore
import Synchronization
import Testing

/// A client that believes only what it is told.
struct ReferenceClient {
    private(set) var uids: [UInt32]
    /// The flags as this client last read them: the position of the last event that changed them.
    private(set) var flags: [UInt32: LogPosition] = [:]

    init(_ view: MailboxView, _ model: FlagModel) {
        uids = view.uids
        for uid in uids { flags[uid] = model.flags(of: uid, at: view.seen) }
    }

    mutating func take(_ updates: ViewUpdates, of view: MailboxView, _ model: FlagModel) {
        var told: [UInt32] = []
        for number in updates.expungedSequenceNumbers {
            told.append(uids.remove(at: Int(number) - 1))
        }
        #expect(UIDSet(ascending: told) == updates.expungedUIDs)
        if let exists = updates.exists {
            #expect(Int(exists) >= uids.count, "EXISTS never takes messages away")
            while uids.count < Int(exists), let uid = view.uid(at: uids.count + 1) {
                uids.append(uid)
                flags[uid] = model.flags(of: uid, at: view.seen)
            }
        }
        for uid in updates.flagged {
            #expect(uids.contains(uid))
            flags[uid] = model.flags(of: uid, at: view.seen)
        }
    }
}

/// When the flags of a message were changed.
struct FlagModel {
    private var changes: [UInt32: [LogPosition]] = [:]

    mutating func change(_ set: UIDSet, at position: LogPosition) {
        for uid in set { changes[uid, default: []].append(position) }
    }

    func flags(of uid: UInt32, at position: LogPosition) -> LogPosition? {
        changes[uid]?.last { $0 <= position }
    }
}

@Suite struct ViewPropertyTests {
    /// Random histories, random extents, snapshots of random age: every client that believes only
    /// what it is told holds exactly the mailbox whenever everything could be told.
    @Test(arguments: 1...40)
    func everyClientHoldsTheMailboxAsOfItsCursor(seed: Int) throws {
        var world = World(seed: UInt64(seed))
        for _ in 0..<400 { try world.step() }
        try world.settle()
    }

    private struct World {
        var random: SeededGenerator
        let history = MemoryHistory()
        let hub = MailboxHub()
        var model = FlagModel()
        var sessions: [(view: MailboxView, client: ReferenceClient)] = []
        var granted = UIDSet()

        init(seed: UInt64) { random = SeededGenerator(seed: seed) }

        mutating func step() throws {
            switch Int.random(in: 0..<10, using: &random) {
            case 0, 1: history.append(.random(in: 1...4, using: &random), to: inbox)
            case 2: history.append(1, to: archive)
            case 3: history.expunge(someUIDs(), in: inbox)
            case 4:
                let uids = someUIDs()
                model.change(uids, at: history.flag(uids, in: inbox))
            case 5 where sessions.count < 6: try open()
            case 6 where sessions.count > 3:
                sessions.remove(at: .random(in: sessions.indices, using: &random)).view.close()
            default: try advanceOne()
            }
        }

        mutating func someUIDs() -> UIDSet {
            let live = history.snapshot().live(inbox)
            let share = UInt32.random(in: 1...8, using: &random)
            return UIDSet(ascending: live.filter { _ in random.next() % UInt64(share) == 0 })
        }

        mutating func open() throws {
            let view = try hub.open(history, by: UInt64(sessions.count), at: somePosition(.start))
            view.checkInvariants()
            let live = history.snapshot(at: view.seen).live(inbox)
            #expect(view.uids == Array(live))
            sessions.append((view, ReferenceClient(view, model)))
            try checkRecent(view)
        }

        /// The head mostly, sometimes an older snapshot.
        mutating func somePosition(_ least: LogPosition) -> LogPosition {
            let head = history.head
            guard random.next() % 4 == 0, head > least else { return head }
            let oldest = max(least.rawValue, head.rawValue - min(5, head.rawValue))
            return LogPosition(.random(in: oldest...head.rawValue, using: &random))
        }

        mutating func advanceOne() throws {
            guard let index = sessions.indices.randomElement(using: &random) else { return }
            let everything = random.next() % 2 == 0
            try advance(
                index, everything ? .everything : .appendsAndFlags,
                at: somePosition(.start))
        }

        mutating func advance(
            _ index: Int, _ extent: MailboxView.Extent, at position: LogPosition
        ) throws {
            let view = sessions[index].view
            let before = (view.seen, view.expunged, view.tellableModSeq)
            let shown = UIDSet(ascending: view.uids)
            let updates = try view.advance(extent, history, at: position)
            #expect(view.seen == max(before.0, position))
            #expect(view.expunged >= before.1 && view.tellableModSeq >= before.2)
            sessions[index].client.take(updates, of: view, model)
            let client = sessions[index].client
            #expect(client.uids == view.uids)
            let live = history.snapshot(at: view.seen).live(inbox)
            for uid in client.uids where live.contains(uid) {
                #expect(client.flags[uid] == model.flags(of: uid, at: view.seen))
            }
            if extent == .everything, position >= before.0 {
                #expect(client.uids == Array(live))
                #expect(view.pendingExpunges.isEmpty && view.expunged == view.seen)
            } else {
                #expect(updates.expungedUIDs.isEmpty)
                #expect(UIDSet(ascending: client.uids) == live.union(view.pendingExpunges))
                #expect(view.pendingExpunges.subtracting(shown).isEmpty)
            }
            if let first = history.snapshot().firstExpunge(of: view.pendingExpunges, in: inbox) {
                #expect(view.expunged.next == first, "its ghost is kept, and those before may go")
                #expect(view.tellableModSeq < first)
            }
            try checkRecent(view)
        }

        mutating func checkRecent(_ view: MailboxView) throws {
            guard let claim = view.takeRecentClaim() else { return }
            let mine = view.recent.subtracting(granted)
            #expect(mine.contains(claim.rawValue))
            for other in sessions where other.view !== view {
                #expect(other.view.recent.intersection(view.recent).isEmpty)
            }
            granted = granted.union(mine)
            history.claimRecent(inbox, through: claim.rawValue)
        }

        mutating func settle() throws {
            for index in sessions.indices { try advance(index, .everything, at: history.head) }
            for session in sessions.dropFirst() where session.view.count > 0 {
                #expect(session.view.map.count == sessions[0].view.map.count)
            }
        }
    }
}

/// Views of several threads with snapshots of different age: no race, no lost update.
@Suite struct ConcurrentViewTests {
    @Test func viewsOfManyThreadsEndAlike() async throws {
        let history = MemoryHistory.filled(inbox, 50)
        let hub = MailboxHub()
        let ends = try await withThrowingTaskGroup(of: [UInt32].self) { group in
            group.addTask {
                var random = SeededGenerator(seed: 11)
                for _ in 0..<300 {
                    history.append(.random(in: 1...3, using: &random), to: inbox)
                    let live = history.snapshot().live(inbox)
                    let gone = UIDSet(ascending: live.filter { _ in random.next() % 30 == 0 })
                    history.expunge(gone, in: inbox)
                    await Task.yield()
                }
                return []
            }
            for reader in UInt64(1)...4 {
                group.addTask { try await Self.follow(history, hub, reader) }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        for end in ends where !end.isEmpty {
            #expect(end.allSatisfy { $0 == 1 })
        }
        #expect(hub.roomCount == 0)
    }

    /// - Returns: 1 for each step at which the view showed what its snapshot had.
    private static func follow(
        _ history: MemoryHistory, _ hub: MailboxHub, _ reader: UInt64
    ) async throws -> [UInt32] {
        var random = SeededGenerator(seed: reader)
        var results: [UInt32] = []
        for _ in 0..<10 {
            let position = history.head
            await Task.yield()
            results += try steps(history, hub, reader, from: position, &random)
        }
        return results
    }

    private static func steps(
        _ history: MemoryHistory, _ hub: MailboxHub, _ reader: UInt64, from start: LogPosition,
        _ random: inout SeededGenerator
    ) throws -> [UInt32] {
        let view = try hub.open(history, by: reader, at: start)
        defer { view.close() }
        var results: [UInt32] = []
        for _ in 0..<30 {
            let everything = random.next() % 2 == 0
            _ = try view.advance(everything ? .everything : .appendsAndFlags, history)
            let live = history.snapshot(at: view.seen).live(inbox).union(view.pendingExpunges)
            results.append(view.uids == Array(live) ? 1 : 0)
        }
        return results
    }
}
