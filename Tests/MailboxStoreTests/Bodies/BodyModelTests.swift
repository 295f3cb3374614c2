import MailEvents
import MailTesting
import MailboxStore
import Testing

/// Random histories against a dictionary: whatever was committed is read back, through roll-backs,
/// restarts, crashes and a tool beside; and a scan finds it all.
struct BodyModelTests {
    @Test(arguments: UInt64(1)...12)
    func whatWasCommittedIsReadBack(seed: UInt64) throws {
        var history = History(seed: seed, fixture: BodyFixture())
        try history.open()
        for _ in 0..<60 { try history.step() }
        try history.check()
    }

    private struct History {
        var generator: SeededGenerator
        var fixture: BodyFixture
        var model: [BodyDigest: [UInt8]] = [:]
        var stores: [BodyStore] = []
        var writers: [SegmentWriter] = []
        var count = 0
        let rolloverBytes: UInt64 = 50_000

        init(seed: UInt64, fixture: BodyFixture) {
            generator = SeededGenerator(seed: seed)
            self.fixture = fixture
        }

        mutating func open() throws {
            writers.removeAll()
            stores = try [fixture.open(), fixture.open()]
            let recovery = try stores[0].recover()
            #expect(recovery.damage.isEmpty && recovery.busySegments.isEmpty)
            let rolloverBytes = rolloverBytes
            writers = stores.map { $0.makeWriter(rolloverBytes: rolloverBytes) }
        }

        mutating func step() throws {
            switch Int.random(in: 0..<20, using: &generator) {
            case 0: try open()
            case 1: try crash()
            case 2: try check()
            case 3...6: try batch(commits: false)
            default: try batch(commits: true)
            }
        }

        mutating func batch(commits: Bool) throws {
            let writer = writers[Int.random(in: 0...1, using: &generator)]
            let mark = writer.mark
            var placed: [(IncomingBody, [UInt8], BodyLocation)] = []
            for _ in 0..<Int.random(in: 1...6, using: &generator) {
                let (body, bytes) = try makeBody()
                placed.append((body, bytes, try writer.place(body)))
            }
            if commits || Bool.random(using: &generator) { try writer.synchronize() }
            guard commits else {
                writer.rollBack(to: mark)
                return
            }
            for (body, bytes, location) in placed {
                fixture.name(body.digest, location)
                model[body.digest] = bytes
            }
            writer.batchCommitted()
        }

        mutating func crash() throws {
            let writer = writers[0]
            let mark = writer.mark
            for _ in 0..<3 { _ = try writer.place(makeBody().0) }
            if Bool.random(using: &generator) { try writer.synchronize() }
            let after = BodyFixture(crashOf: fixture)
            writer.rollBack(to: mark)
            fixture = after
            try open()
        }

        mutating func makeBody() throws -> (IncomingBody, [UInt8]) {
            count += 1
            guard Int.random(in: 0..<12, using: &generator) == 0 else {
                let bytes = message(count, sizeBytes: .random(in: 0...9_000, using: &generator))
                return (IncomingBody(of: bytes), bytes)
            }
            let size = Int.random(in: 262_145...400_000, using: &generator)
            let bytes = message(count, sizeBytes: size)
            let intake = stores[0].makeIntake()
            for start in stride(from: 0, to: size, by: 100_000) {
                try intake.feed(Array(bytes[start..<min(size, start + 100_000)]))
            }
            return (try intake.finish(), bytes)
        }

        mutating func check() throws {
            #expect(fixture.rows.count == model.count)
            for (digest, bytes) in model {
                let location = try #require(fixture.rows[digest])
                #expect(try stores[1].bytes(of: location) == bytes)
            }
            try open()
            var scanned: Set<BodyDigest> = []
            try stores[0].scan { finding throws(StoreError) in
                switch finding {
                case .body(let digest, _): scanned.insert(digest)
                case .damaged(let path, let offsets, let reason):
                    Issue.record("\(path) \(offsets): \(reason)")
                }
            }
            #expect(scanned.isSuperset(of: model.keys))
        }
    }
}
