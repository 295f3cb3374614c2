import MailEvents
import MailboxStore
import Testing

/// Two processes on one store: locks belong to open files, so two `BodyStore`s behave like two.
struct SideBySideTests {
    @Test func aToolBesideAServerWritesASegmentOfItsOwn() throws {
        let fixture = BodyFixture()
        let server = try fixture.open()
        let serverWriter = server.makeWriter()
        let first = try fixture.store(message(1, sizeBytes: 100), serverWriter)
        let tool = try fixture.open()
        let toolWriter = tool.makeWriter()
        let second = try fixture.store(message(2, sizeBytes: 100), toolWriter)
        let third = try fixture.store(message(3, sizeBytes: 100), serverWriter)
        let fourth = try fixture.store(message(4, sizeBytes: 100), toolWriter)
        #expect([first, second, third, fourth].map(\.segment) == [1, 2, 1, 2])
        for store in [server, tool] {
            for (number, location) in [first, second, third, fourth].enumerated() {
                #expect(try store.bytes(of: location) == message(number + 1, sizeBytes: 100))
            }
        }
    }

    @Test func recoverySparesWhatALiveProcessHasNotNamedYet() throws {
        let fixture = BodyFixture()
        let tool = try fixture.open()
        let writer = tool.makeWriter()
        let small = IncomingBody(of: message(1, sizeBytes: 100))
        let intake = tool.makeIntake()
        try intake.feed(message(2, sizeBytes: 300_000))
        let large = try intake.finish()
        let later = tool.makeIntake()
        try later.feed(message(3, sizeBytes: 300_000))
        let placed = [(small, try writer.place(small)), (large, try writer.place(large))]
        try writer.synchronize()

        let server = try fixture.open()
        let recovery = try server.recover()
        #expect(recovery.busySegments == [1, 2] && recovery.removedSegments.isEmpty)
        #expect(recovery.cuts.isEmpty && recovery.removedIncoming == 0)

        for (body, location) in placed { fixture.name(body.digest, location) }
        writer.batchCommitted()
        let last = try later.finish()
        let location = try writer.place(last)
        try writer.synchronize()
        fixture.name(last.digest, location)
        writer.batchCommitted()
        for (digest, location) in fixture.rows {
            #expect(try server.verify(location, digest))
        }
    }

    @Test func recoveryJudgesByNamesReadAfterTheLockWasTaken() throws {
        let fixture = BodyFixture()
        let ending = ToolAtWork(try fixture.open().makeWriter())
        let body = IncomingBody(of: message(1, sizeBytes: 100))
        let location = try ending.place(body)
        // The tool commits and ends right after the server's first look at the names.
        let server = try BodyStore(store: fixture.path) { () throws(StoreError) in
            let isFirstLook = ending.end()
            return isFirstLook ? [:] : [location.segment: location.offset + location.sizeBytes]
        }
        #expect(try server.recover().removedSegments.isEmpty)
        #expect(try server.verify(location, body.digest))
    }

    @Test func numbersAreNeverTakenTwice() throws {
        let fixture = BodyFixture()
        let stores = try (0..<4).map { _ in try fixture.open() }
        let writers = stores.map { $0.makeWriter(rolloverBytes: 1) }
        var segments: [UInt32] = []
        for number in 0..<40 {
            let bytes = message(number, sizeBytes: 30)
            segments.append(try fixture.store(bytes, writers[number % 4]).segment)
        }
        #expect(Set(segments).count == fixture.files("segments").count)
        for (digest, location) in fixture.rows {
            #expect(try stores[0].verify(location, digest))
        }
    }
}

/// A tool's writer that ends when it is told to. Used by one thread only.
private final class ToolAtWork: @unchecked Sendable {
    private var writer: SegmentWriter?

    init(_ writer: SegmentWriter) { self.writer = writer }

    func place(_ body: IncomingBody) throws -> BodyLocation {
        let location = try #require(try writer?.place(body))
        try writer?.synchronize()
        return location
    }

    /// False when it had ended before.
    func end() -> Bool {
        defer { writer = nil }
        writer?.batchCommitted()
        return writer != nil
    }
}
