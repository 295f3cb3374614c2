import MailEvents
import MailboxStore
import Testing

struct SegmentScanTests {
    @Test func recordsComeInTheOrderOfSegmentsAndOffsets() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter(rolloverBytes: 2_000)
        let bodies = (0..<20).map { message($0, sizeBytes: 300 + $0) }
        let locations = try bodies.map { try fixture.store($0, writer) }
        var scanned: [BodyLocation] = []
        try store.scan { finding in
            if case .body(_, let location) = finding { scanned.append(location) }
        }
        #expect(scanned == locations)
    }

    @Test func aScanUpToTheNamedEndsDoesNotSeeWhatIsBeingWritten() throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter()
        let named = try fixture.store(message(1, sizeBytes: 300), writer)
        _ = try writer.append(BodyDigest(hashing: [1]), [1])
        try writer.synchronize()
        var findings: [SegmentScan.Finding] = []
        try store.scan(upTo: [1: try #require(named.end)]) { findings.append($0) }
        #expect(findings == [.body(BodyDigest(hashing: message(1, sizeBytes: 300)), named)])
    }

    /// A mail may hold a record's bytes: behind damage they must not pass for another mail's body.
    @Test(arguments: [true, false])
    func aRecordForgedWithinAMailIsNotBelieved(verifyingBytes: Bool) throws {
        let fixture = BodyFixture()
        let store = try fixture.open()
        let writer = store.makeWriter()
        let victim = BodyDigest(hashing: message(1, sizeBytes: 50))
        let forged = SegmentRecordHeader(sizeBytes: 16, digest: victim).encoded()
        let lies = [UInt8](repeating: 0x41, count: 16)
        let honest = message(2, sizeBytes: 16)
        let bait = SegmentRecordHeader(sizeBytes: 16, digest: BodyDigest(hashing: honest)).encoded()
        let mail = message(3, sizeBytes: 64) + forged + lies + bait + honest + forged + lies
        let location = try fixture.store(mail, writer)
        try fixture.store(message(4, sizeBytes: 33), writer)
        writer.close()

        var bytes = BodyFixture.contents(fixture.segmentPath(1))
        bytes[Int(location.offset) - 20] ^= 1
        BodyFixture.write(bytes, fixture.segmentPath(1))
        var digests: [BodyDigest] = []
        try store.scan(verifyingBytes: verifyingBytes) { finding in
            if case .body(let digest, _) = finding { digests.append(digest) }
        }
        #expect(
            digests == [
                BodyDigest(hashing: honest), BodyDigest(hashing: message(4, sizeBytes: 33)),
            ]
        )
    }

    @Test func headersAreReadBackAndAnyAlteredByteIsRefused() throws {
        let header = SegmentRecordHeader(
            sizeBytes: 0x0102_0304_0506, digest: BodyDigest(hashing: [1]))
        let bytes = header.encoded()
        #expect(bytes.count == SegmentRecordHeader.sizeBytes)
        #expect(bytes.withUnsafeBytes { SegmentRecordHeader($0) } == header)
        for place in bytes.indices {
            var altered = bytes
            altered[place] &+= 1
            #expect(altered.withUnsafeBytes { SegmentRecordHeader($0) } == nil)
            #expect(bytes.prefix(place).withUnsafeBytes { SegmentRecordHeader($0) } == nil)
        }
    }

    /// `Schemas/segments.md`: the header of the body "abc".
    @Test func aHeaderHasTheBytesOfItsSpecification() {
        let header = SegmentRecordHeader(
            sizeBytes: 3, digest: BodyDigest(hashing: Array("abc".utf8)))
        #expect(
            header.encoded().hexadecimal == """
                89424f44590d0a010000000000000003ba7816bf8f01cfea414140de5dae2223\
                b00361a396177a9cb410ff61f20015addc57d23c0d868de3
                """)
    }

    @Test func bodyRowsAreReadBackAndBadOnesRefused() {
        let row = BodyRow(
            location: BodyLocation(segment: 7, offset: 1 << 40, sizeBytes: 99), uses: 3)
        let bytes = row.encoded()
        #expect(bytes.count == 24)
        #expect(bytes.withUnsafeBytes { BodyRow($0) } == row)
        #expect(bytes.dropLast().withUnsafeBytes { BodyRow($0) } == nil)
        let wild = BodyRow(
            location: BodyLocation(segment: 7, offset: .max, sizeBytes: 99), uses: 3)
        #expect(wild.encoded().withUnsafeBytes { BodyRow($0) } == nil)
    }
}
