import Glibc
import MailEvents
import MailTesting
import MailboxStore
import Testing

/// RELIABILITY F4.
struct SegmentRecoveryTests {
    private static let bodies = (0..<5).map { message($0, sizeBytes: 90 + 37 * $0) }

    /// Five named bodies, then whatever `tail` makes of the bytes of a sixth.
    private func crashed(tail: (_ record: [UInt8]) -> [UInt8]) throws -> BodyFixture {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter()
        for body in SegmentRecoveryTests.bodies { try fixture.store(body, writer) }
        writer.close()
        let named = BodyFixture.contents(fixture.segmentPath(1))
        let sixth = message(6, sizeBytes: 130)
        let record =
            SegmentRecordHeader(sizeBytes: 130, digest: BodyDigest(hashing: sixth)).encoded()
            + sixth
        BodyFixture.write(named + tail(record), fixture.segmentPath(1))
        return fixture
    }

    private func expectRecovery(_ fixture: BodyFixture) throws {
        let store = try fixture.open()
        let recovery = try store.recover()
        #expect(recovery.damage.isEmpty && recovery.removedSegments.isEmpty)
        #expect(try found(store) == SegmentRecoveryTests.bodies)
        let next = message(7, sizeBytes: 77)
        let writer = store.makeWriter()
        let location = try fixture.store(next, writer)
        #expect(location.segment == 1)
        writer.close()
        #expect(try found(store) == SegmentRecoveryTests.bodies + [next])
    }

    @Test func aTailCutAtAnyByteIsRemoved() throws {
        for count in 0..<186 {
            try expectRecovery(crashed { Array($0.prefix(count)) })
        }
    }

    @Test(arguments: [1, 7, 8, 55, 4_096, 1 << 20])
    func aTailOfZerosOrGarbageIsRemoved(count: Int) throws {
        try expectRecovery(crashed { _ in [UInt8](repeating: 0, count: count) })
        try expectRecovery(crashed { $0.dropLast() + [UInt8](repeating: 0, count: count) })
        var generator = SeededGenerator(seed: UInt64(count))
        let garbage = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
        try expectRecovery(crashed { _ in garbage })
    }

    @Test func aWriterMendsTheTailWithoutRecovery() throws {
        let fixture = try crashed { Array($0.prefix(100)) }
        let store = try fixture.open()
        let writer = store.makeWriter()
        try fixture.store(message(8, sizeBytes: 10), writer)
        writer.close()
        #expect(try found(store) == SegmentRecoveryTests.bodies + [message(8, sizeBytes: 10)])
    }

    @Test func aFileCutWithinNamedBodiesIsReportedAndTheOthersAreServed() throws {
        let intact = try crashed { _ in [] }
        let bytes = BodyFixture.contents(intact.segmentPath(1))
        for lost in 1...200 {
            let fixture = BodyFixture(crashOf: intact)
            BodyFixture.write(Array(bytes.dropLast(lost)), fixture.segmentPath(1))
            let store = try fixture.open()
            let recovery = try store.recover()
            let size = UInt64(bytes.count - lost)
            let readable = try expectDamageIsTold(fixture, store, size)
            // The last bytes may be padding behind the last body.
            #expect(recovery.damage.isEmpty == (readable == 5))
            #expect(BodyFixture.contents(fixture.segmentPath(1)).count == Int(size))
        }
    }

    private func expectDamageIsTold(
        _ fixture: BodyFixture, _ store: BodyStore, _ size: UInt64
    ) throws -> Int {
        var readable = 0
        for (digest, location) in fixture.rows {
            if try #require(location.end) <= size {
                #expect(BodyDigest(hashing: try store.bytes(of: location)) == digest)
                readable += 1
            } else {
                #expect(throws: StoreError.self) { try store.bytes(of: location) }
                #expect(throws: StoreError.self) { try store.region(of: location) }
                #expect(try !store.verify(location, digest))
            }
        }
        return readable
    }

    @Test func aWriterDoesNotGoOnInADamagedSegment() throws {
        let fixture = try crashed { _ in [] }
        let bytes = BodyFixture.contents(fixture.segmentPath(1))
        BodyFixture.write(Array(bytes.dropLast(50)), fixture.segmentPath(1))
        let location = try fixture.store(message(9, sizeBytes: 40), fixture.open().makeWriter())
        #expect(location.segment == 2)
        #expect(BodyFixture.contents(fixture.segmentPath(1)).count == bytes.count - 50)
    }

    @Test func anyFlippedBitIsFound() throws {
        let intact = try crashed { _ in [] }
        let bytes = BodyFixture.contents(intact.segmentPath(1))
        let padding = try paddingOffsets(intact)
        var generator = SeededGenerator(seed: 4)
        for offset in bytes.indices where !padding.contains(offset) {
            var flipped = bytes
            flipped[offset] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
            let fixture = BodyFixture(crashOf: intact)
            BodyFixture.write(flipped, fixture.segmentPath(1))
            let store = try fixture.open()
            var damaged = 0
            var whole = 0
            try store.scan { finding in
                switch finding {
                case .body: whole += 1
                case .damaged: damaged += 1
                }
            }
            #expect(damaged == 1 && whole == (offset < 16 ? 5 : 4), "offset \(offset)")
            let unsound = try fixture.rows.filter { try !store.verify($0.value, $0.key) }
            #expect(unsound.count <= 1)
        }
    }

    private func paddingOffsets(_ fixture: BodyFixture) throws -> Set<Int> {
        fixture.rows.values.reduce(into: []) { padding, location in
            let end = Int(location.end ?? 0)
            padding.formUnion(end..<((end + 7) & ~7))
        }
    }

    @Test func whatWasOnItsWayInIsRemoved() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter()
        try fixture.store(message(1, sizeBytes: 100), writer)
        let unfinished = store.makeIntake()
        try unfinished.feed(message(3, sizeBytes: 300_000))
        BodyFixture.write(Array(SegmentFormat.fileHeader), fixture.segmentPath(2))

        let after = BodyFixture(crashOf: fixture)
        #expect(after.files("segments").count == 2 && after.files("incoming").count == 1)
        let reopened = try after.open()
        let recovery = try reopened.recover()
        #expect(recovery.removedSegments == [2] && recovery.removedIncoming == 1)
        // The room that was taken ahead.
        #expect(recovery.cuts.map(\.segment) == [1] && recovery.busySegments.isEmpty)
        #expect(recovery.unnamed.isEmpty)
        #expect(try found(reopened) == [message(1, sizeBytes: 100)])
        #expect(after.files("incoming").isEmpty)
        #expect(try reopened.recover().cuts.isEmpty)
    }

    /// They may be those of a newer log than the one at hand.
    @Test func wholeBodiesThatNothingNamesStay() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter()
        let named = message(1, sizeBytes: 100)
        try fixture.store(named, writer)
        let large = store.makeIntake()
        try large.feed(message(2, sizeBytes: 300_000))
        _ = try writer.place(large.finish())
        let small = message(4, sizeBytes: 10)
        _ = try writer.append(BodyDigest(hashing: small), small)
        try writer.synchronize()

        let after = BodyFixture(crashOf: fixture)
        var all = [named, small, message(2, sizeBytes: 300_000)]
        for round in 0..<2 {
            let reopened = try after.open()
            let recovery = try reopened.recover()
            #expect(recovery.unnamed.map(\.segment) == [1, 2])
            #expect(recovery.unnamed.map(\.count) == [1, 1])
            #expect(recovery.unnamed.map(\.sizeBytes) == [10, 300_000])
            #expect(recovery.removedSegments.isEmpty && recovery.damage.isEmpty)
            // Nor does a writer cut them off.
            let next = message(5 + round, sizeBytes: 20)
            let writer = reopened.makeWriter()
            #expect(try after.store(next, writer).segment == 3)
            writer.close()
            all.append(next)
            #expect(try found(reopened) == all)
        }
    }

    @Test func aMissingSegmentAndAForeignFileAreReported() throws {
        let fixture = try crashed { _ in [] }
        let elsewhere = BodyLocation(segment: 7, offset: 72, sizeBytes: 3)
        fixture.name(BodyDigest(hashing: [1, 2, 3]), elsewhere)
        BodyFixture.write(Array("hindsight seg 2\nof the future".utf8), fixture.segmentPath(3))
        let recovery = try fixture.open().recover()
        #expect(recovery.damage.count == 2)
        #expect(fixture.files("segments") == ["00000001.seg", "00000003.seg"])
    }

    @Test(arguments: [0, 5, 16])
    func aNewFileWithoutARecordIsRemovedOrUsed(count: Int) throws {
        for recovers in [true, false] {
            let fixture = BodyFixture()
            let store = try fixture.open()
            let header = Array(SegmentFormat.fileHeader.prefix(count))
            BodyFixture.write(header, fixture.segmentPath(1))
            if recovers { #expect(try store.recover().removedSegments == [1]) }
            let writer = store.makeWriter()
            let location = try fixture.store(message(1, sizeBytes: 9), writer)
            writer.close()
            #expect(location.segment == 1)
            #expect(try found(store) == [message(1, sizeBytes: 9)])
        }
    }
}
