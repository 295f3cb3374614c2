import MIME
import Testing

@Suite struct SummaryCodingTests {
    private let sample = summary(
        mail("Date: 1 Jan 2000 10:20:30 +0100\nFrom: a@b\nReceived: x\nSubject: s\n\nbody\n"))

    @Test func decodesWhatWasEncoded() throws {
        var without = sample
        without.cachedHeader = nil
        without.sentDate = nil
        without.sentDateZoneMinutes = nil
        for summary in [sample, without] {
            let stored = summary.encoded()
            #expect(stored.withUnsafeBytes { MessageSummary(decoding: $0) } == summary)
        }
    }

    @Test func storedFormIsReadInPlace() throws {
        let stored = sample.encoded()
        try stored.withUnsafeBytes { bytes in
            let reader = try #require(StoredSummary(bytes))
            #expect([UInt8](reader.envelope) == sample.envelope)
            #expect([UInt8](reader.body) == sample.body)
            #expect([UInt8](reader.bodyStructure) == sample.bodyStructure)
            #expect(reader.cachedHeader.map { [UInt8]($0) } == sample.cachedHeader)
            #expect(reader.sentDate == 946_718_430)
            #expect(reader.sentDateZoneMinutes == 60)
            #expect(reader.headerSize == sample.headerSize)
        }
    }

    @Test func storedBytesAreTheDocumentedOnes() {
        var summary = sample
        summary.envelope = [1]
        summary.body = [2, 2]
        summary.bodyStructure = [3]
        summary.cachedHeader = [4]
        summary.headerSize = 0x0102_0304
        summary.sentDate = -2
        summary.sentDateZoneMinutes = -60
        #expect(
            summary.encoded() == [
                1, 3, 1, 2, 3, 4, 255, 255, 255, 255, 255, 255, 255, 254, 255, 196,
                0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 2, 3, 4,
            ])
    }

    @Test func cutOrForeignRecordsAreRefused() {
        let stored = sample.encoded()
        for length in 0..<stored.count {
            #expect(stored[..<length].withUnsafeBytes { MessageSummary(decoding: $0) } == nil)
        }
        for (offset, value) in [(0, 2), (1, 4), (16, 255), (20, 255), (31, 0)] as [(Int, UInt8)] {
            var changed = stored
            changed[offset] = value
            #expect(changed.withUnsafeBytes { MessageSummary(decoding: $0) } == nil)
        }
        #expect((stored + [0]).withUnsafeBytes { MessageSummary(decoding: $0) } == nil)
    }

    @Test func keptFieldsAreRawAndInOrder() throws {
        let kept = try #require(sample.cachedHeader)
        #expect(text(kept) == "Date: 1 Jan 2000 10:20:30 +0100\r\nFrom: a@b\r\nSubject: s\r\n")
        #expect(CachedHeader.covers(["FROM", "date"]))
        #expect(!CachedHeader.covers(["from", "received"]))
        kept.withUnsafeBytes { bytes in
            let content = CachedHeader.select(["SUBJECT", "from", "cc"], in: bytes)
            #expect(text(content.bytes(in: bytes)) == "From: a@b\r\nSubject: s\r\n\r\n")
        }
    }

    @Test func longHeadersAreNotKept() {
        let references = String(repeating: " <a@b>\n", count: 700)
        #expect(summary(mail("References:\(references)\n\n")).cachedHeader == nil)
        #expect(summary(mail("Received:\(references)\n\n")).cachedHeader == [])
    }
}
