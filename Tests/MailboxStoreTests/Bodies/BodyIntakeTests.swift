import MailEvents
import MailboxStore
import Testing

struct BodyIntakeTests {
    @Test(arguments: [0, 1, 1_000, 262_144])
    func aBodyWithinTheLimitStaysInMemory(sizeBytes: Int) throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let intake = store.makeIntake()
        let bytes = message(1, sizeBytes: sizeBytes)
        for chunk in chunks(of: bytes, 1_500) { try intake.feed(chunk) }
        #expect(!intake.isSpooling)
        let body = try intake.finish()
        #expect(body.digest == BodyDigest(hashing: bytes))
        #expect(body.summary == IncomingBody(of: bytes).summary)
        guard case .memory(bytes) = body.storage else {
            Issue.record("not in memory")
            return
        }
        #expect(fixture.files("incoming").isEmpty)
    }

    @Test(arguments: [262_145, 5 << 20], [700, 65_536, 1 << 20])
    func aLongBodyGoesToAFileAndMemoryStaysSmall(sizeBytes: Int, pieceBytes: Int) throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let intake = store.makeIntake()
        let bytes = message(1, sizeBytes: sizeBytes)
        for chunk in chunks(of: bytes, pieceBytes) {
            let spools = intake.willSpool(chunk.count)
            try intake.feed(chunk)
            #expect(!spools || intake.isSpooling)
        }
        #expect(intake.largestGatheredBytes <= 262_144)
        #expect(fixture.files("incoming").count == 1)
        let body = try intake.finish()
        #expect(body.digest == BodyDigest(hashing: bytes))
        #expect(body.sizeBytes == UInt64(sizeBytes))
        #expect(body.summary == IncomingBody(of: bytes).summary)
        try adoptAndCompare(body, bytes, fixture, store)
    }

    private func adoptAndCompare(
        _ body: IncomingBody, _ bytes: [UInt8], _ fixture: BodyFixture, _ store: BodyStore
    ) throws {
        let writer = store.makeWriter()
        try fixture.store(message(2, sizeBytes: 20), writer)
        let location = try writer.place(body)
        try writer.synchronize()
        fixture.name(body.digest, location)
        writer.batchCommitted()
        try fixture.store(message(3, sizeBytes: 20), writer)
        #expect(fixture.files("incoming").isEmpty)
        #expect(fixture.files("segments") == ["00000001.seg", "00000002.seg"])
        #expect(location.segment == 2)
        #expect(try store.bytes(of: location) == bytes)
        writer.close()
        #expect(
            try found(store) == [message(2, sizeBytes: 20), message(3, sizeBytes: 20), bytes])
        #expect(try store.recover().damage.isEmpty)
        #expect(fixture.files("segments").count == 2)
    }

    @Test func anAbandonedOrDroppedBodyLeavesNoFile() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let intake = store.makeIntake()
        try intake.feed(message(1, sizeBytes: 400_000))
        #expect(fixture.files("incoming").count == 1)
        intake.abandon()
        #expect(fixture.files("incoming").isEmpty)
        do {
            let dropped = store.makeIntake()
            try dropped.feed(message(1, sizeBytes: 400_000))
            _ = try dropped.finish()
        }
        #expect(fixture.files("incoming").isEmpty)
    }

    @Test func anAdoptionThatIsRolledBackCanBeRepeated() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let intake = store.makeIntake()
        let bytes = message(1, sizeBytes: 400_000)
        try intake.feed(bytes)
        let body = try intake.finish()
        let writer = store.makeWriter()
        let mark = writer.mark
        _ = try writer.place(body)
        writer.rollBack(to: mark)
        #expect(fixture.files("segments").isEmpty && fixture.files("incoming").count == 1)
        let location = try writer.place(body)
        try writer.synchronize()
        fixture.name(body.digest, location)
        writer.batchCommitted()
        #expect(try store.bytes(of: location) == bytes)
        #expect(fixture.files("incoming").isEmpty)
    }

    private func chunks(of bytes: [UInt8], _ size: Int) -> [[UInt8]] {
        stride(from: 0, to: bytes.count, by: size).map {
            Array(bytes[$0..<min($0 + size, bytes.count)])
        }
    }
}
