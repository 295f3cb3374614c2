import MailEvents
import MailboxStore
import Testing

struct SegmentWriterTests {
    @Test(arguments: [0, 1, 7, 8, 55, 56, 4_096, 65_535, 300_000, 1_500_000])
    func aBodyReadsBackAsItWasPlaced(sizeBytes: Int) throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter()
        let before = try fixture.store(message(1, sizeBytes: 100), writer)
        let bytes = message(2, sizeBytes: sizeBytes)
        let location = try fixture.store(bytes, writer)
        let after = try fixture.store(message(3, sizeBytes: 100), writer)
        #expect(try store.bytes(of: location) == bytes)
        #expect(try store.verify(location, BodyDigest(hashing: bytes)))
        #expect(try store.bytes(of: before) == message(1, sizeBytes: 100))
        #expect(try store.bytes(of: after) == message(3, sizeBytes: 100))
        #expect(location.segment == 1 && location.offset % 8 == 0)
    }

    @Test func aRangeOfABodyIsReadAndNothingBeyondIt() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let location = try fixture.store(message(1, sizeBytes: 1_000), store.makeWriter())
        let part = try store.withBytes(of: location, 10..<20) { [UInt8]($0) }
        #expect(part == Array(message(1, sizeBytes: 1_000)[10..<20]))
        #expect(throws: StoreError.self) { try store.withBytes(of: location, 990..<1_001) { _ in } }
        let wild = BodyLocation(segment: 1, offset: .max - 5, sizeBytes: 10)
        #expect(throws: StoreError.self) { try store.bytes(of: wild) }
        let huge = BodyLocation(segment: 1, offset: 72, sizeBytes: UInt64(Int64.max) - 100)
        #expect(throws: StoreError.self) { try store.bytes(of: huge) }
        let missing = BodyLocation(segment: 9, offset: 72, sizeBytes: 10)
        #expect(throws: StoreError.self) { try store.bytes(of: missing) }
    }

    @Test func aBatchThatIsRolledBackLeavesNoTrace() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter()
        try fixture.store(message(1, sizeBytes: 500), writer)
        let mark = writer.mark
        let bytes = message(2, sizeBytes: 2_000_000)
        let lost = try writer.append(BodyDigest(hashing: bytes), bytes)
        try writer.synchronize()
        writer.rollBack(to: mark)
        let location = try fixture.store(message(3, sizeBytes: 200_000), writer)
        #expect(location.offset == lost.offset)
        #expect(try store.bytes(of: location) == message(3, sizeBytes: 200_000))
        // The longer batch shows nowhere behind the shorter one, while the writer works and after.
        #expect(try found(store) == [message(1, sizeBytes: 500), message(3, sizeBytes: 200_000)])
        writer.close()
        #expect(try found(store) == [message(1, sizeBytes: 500), message(3, sizeBytes: 200_000)])
    }

    @Test func oneRefusedChangeOfABatchTakesBackItsOwnBodiesOnly() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter()
        let kept = message(1, sizeBytes: 700)
        let first = try writer.append(BodyDigest(hashing: kept), kept)
        let mark = writer.mark
        _ = try writer.append(BodyDigest(hashing: message(2, sizeBytes: 50)), [1, 2, 3])
        writer.rollBack(to: mark)
        let also = message(3, sizeBytes: 900)
        let second = try writer.append(BodyDigest(hashing: also), also)
        try writer.synchronize()
        writer.batchCommitted()
        #expect(try store.bytes(of: first) == kept)
        #expect(try store.bytes(of: second) == also)
        #expect(try found(store) == [kept, also])
    }

    @Test func aRollBackOfTheFirstBatchOfASegmentEmptiesIt() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter()
        let mark = writer.mark
        let bytes = message(1, sizeBytes: 2_000_000)
        _ = try writer.append(BodyDigest(hashing: bytes), bytes)
        try writer.synchronize()
        writer.rollBack(to: mark)
        writer.close()
        #expect(BodyFixture.contents(fixture.segmentPath(1)).count == 16)
    }

    @Test func aFullSegmentIsFollowedByANewOneBetweenBatches() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter(rolloverBytes: 10_000)
        let locations = try (0..<30).map { number in
            try fixture.store(message(number, sizeBytes: 1_000), writer)
        }
        #expect(Set(locations.map(\.segment)) == [1, 2, 3])
        for (number, location) in locations.enumerated() {
            #expect(try store.bytes(of: location) == message(number, sizeBytes: 1_000))
        }
        let full = BodyFixture.contents(fixture.segmentPath(1)).count
        #expect((10_000..<11_100).contains(full))
    }

    @Test func aWriterGoesOnInTheSegmentThatTheLastOneLeft() throws {
        let fixture = BodyFixture()
        let first = try fixture.open()
        let before = try fixture.store(message(1, sizeBytes: 333), first.makeWriter())
        let second = try fixture.open()
        let after = try fixture.store(message(2, sizeBytes: 333), second.makeWriter())
        #expect(before.segment == 1 && after.segment == 1 && after.offset > before.offset)
        #expect(try second.bytes(of: before) == message(1, sizeBytes: 333))
        #expect(try second.bytes(of: after) == message(2, sizeBytes: 333))
    }

    @Test func filesKeptOpenAreBounded() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter(rolloverBytes: 1)
        let locations = try (0..<200).map { number in
            try fixture.store(message(number, sizeBytes: 40), writer)
        }
        for round in 0..<2 {
            for (number, location) in locations.enumerated() {
                #expect(try store.bytes(of: location) == message(number, sizeBytes: 40), "\(round)")
            }
        }
        #expect(store.openFiles == 128)
    }
}

/// The bodies of all whole records, in their order; damage fails the test.
func found(_ store: BodyStore) throws -> [[UInt8]] {
    var bodies: [[UInt8]] = []
    try store.scan { finding throws(StoreError) in
        switch finding {
        case .body(let digest, let location):
            let bytes = try store.bytes(of: location)
            #expect(BodyDigest(hashing: bytes) == digest)
            bodies.append(bytes)
        case .damaged(let path, let offsets, let reason):
            Issue.record("\(path) \(offsets): \(reason)")
        }
    }
    return bodies
}
