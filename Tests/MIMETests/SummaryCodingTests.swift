import MIME
import Testing

@Suite struct SummaryCodingTests {
    private let sample = summary(
        mail("Date: 1 Jan 2000 10:20:30 +0100\nFrom: a@b\nReceived: x\nSubject: s\n\nbody\n"))

    @Test func decodesWhatWasEncoded() throws {
        var without = sample
        without.keptFields = nil
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
            #expect(reader.keptFieldBytes.map { [UInt8]($0) } == sample.keptFields)
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
        summary.keptFields = [4]
        summary.headerSize = 0x0102_0304
        summary.sentDate = -2
        summary.sentDateZoneMinutes = -60
        #expect(
            summary.encoded() == [
                2, 3, 1, 2, 3, 4, 255, 255, 255, 255, 255, 255, 255, 254, 255, 196,
                0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 1, 2, 2, 3, 4,
            ])
    }

    @Test func cutOrForeignRecordsAreRefused() {
        let stored = sample.encoded()
        for length in 0..<stored.count {
            #expect(stored[..<length].withUnsafeBytes { MessageSummary(decoding: $0) } == nil)
        }
        for (offset, value) in [(0, 1), (1, 4), (16, 255), (20, 255), (31, 0)] as [(Int, UInt8)] {
            var changed = stored
            changed[offset] = value
            #expect(changed.withUnsafeBytes { MessageSummary(decoding: $0) } == nil)
        }
        #expect((stored + [0]).withUnsafeBytes { MessageSummary(decoding: $0) } == nil)
    }

    @Test func keptFieldsAreRawAndInOrder() throws {
        #expect(KeptFieldSet(["FROM", "date"]) != nil)
        #expect(KeptFieldSet(["from", "received"]) == nil)
        let all = try #require(KeptFieldSet(KeptFieldSet.names))
        let some = try #require(KeptFieldSet(["SUBJECT", "from", "cc"]))
        try sample.encoded().withUnsafeBytes { bytes in
            let kept = try #require(StoredSummary(bytes)?.keptFields)
            #expect(
                text(kept.section(all))
                    == "Date: 1 Jan 2000 10:20:30 +0100\r\nFrom: a@b\r\nSubject: s\r\n\r\n")
            #expect(text(kept.section(some)) == "From: a@b\r\nSubject: s\r\n\r\n")
            #expect(kept.byteCount(of: some) == 23)
        }
    }

    @Test func theStoredFormOfKeptFieldsIsTheDocumentedOne() {
        let kept = summary(mail("Subject: s\nX-Other: x\nDate: d\n\n")).keptFields
        #expect(
            kept == [2, 7, 0, 12, 0, 0, 9] + Array("Subject: s\r\nDate: d\r\n".utf8))
    }

    /// Whatever the index claims, nothing outside of the fields is read.
    @Test func damagedKeptFieldsGiveLess() throws {
        var damaged = sample
        let all = try #require(KeptFieldSet(KeptFieldSet.names))
        let stored = try #require(sample.keptFields)
        for place in 0..<10 {
            for value in [0, 1, 63, 64, 255] as [UInt8] {
                var bytes = stored
                bytes[place] = value
                damaged.keptFields = bytes
                damaged.encoded().withUnsafeBytes { record in
                    guard let kept = StoredSummary(record)?.keptFields else { return }
                    #expect(kept.byteCount(of: all) <= stored.count)
                    #expect(kept.section(all).count == kept.byteCount(of: all) + 2)
                }
            }
        }
    }

    @Test func longHeadersAreNotKept() {
        let references = String(repeating: " <a@b>\n", count: 700)
        #expect(summary(mail("References:\(references)\n\n")).keptFields == nil)
        #expect(summary(mail("Received:\(references)\n\n")).keptFields == [0])
        let many = String(repeating: "To:a\n", count: 256)
        #expect(summary(mail("\(many)\n")).keptFields == nil)
    }

    /// Fields as they stand in mail, and a text that is in them once they are decoded.
    private static let fields: [(field: String, text: String)] = [
        ("Subject: Plain TEXT here", "text h"), ("Subject : spaced", "spaced"), ("Subject:", ""),
        ("Subject:tight", "TIGHT"), ("subject: a = b =?", "a = b =?"), ("Subject: x=y", "X=Y"),
        ("Subject: folded\n over lines", "folded over"), ("Subject: folded\n\tover", "d\tover"),
        ("Subject: =?utf-8?q?Caf=C3=89?= x", "caf\u{e9} x"), ("SUBJECT: \u{c4}\u{d6}", "\u{e4}"),
        ("Subject: a=?utf-8?q?b?=c", "abc"), ("Subject: time: 12:30", "time: 12"),
        ("Subject: \(String(repeating: "long ", count: 300))End", "long end"),
        ("Content-Type: text/plain; name*=utf-8''%c3%89.txt", "\u{e9}.TXT"),
        ("Content-Disposition: inline; filename=A.txt", "a.txt"), ("From: \"A\" <a@b.c>", "<a@b"),
    ]

    /// What SEARCH asks of a summary is answered as the header itself would answer.
    @Test(arguments: fields)
    func keptFieldsAreSearchedAsTheHeaderIs(_ field: String, _ text: String) throws {
        let message = mail("To: other@x\n\(field)\nSubject: second\nCc: last\n\nbody\n")
        let name = String(field.prefix { $0 != ":" && $0 != " " })
        let kept = try #require(summary(message).keptFields)
        let found = try #require(SearchNeedle(Array(text.utf8)))
        let missing = try #require(SearchNeedle(Array("\(text)!".utf8)))
        let wanted = try #require(KeptFieldSet([name]))
        let others = try #require(KeptFieldSet(["bcc"]))
        try message.withUnsafeBytes { bytes in
            let whole = SearchText(of: bytes)
            #expect(whole.hasField(name, containing: found))
            #expect(!whole.hasField(name, containing: missing))
            try kept.withUnsafeBytes { stored in
                let fields = try #require(KeptFields(stored))
                #expect(fields.hasField(in: wanted, containing: found))
                #expect(!fields.hasField(in: wanted, containing: missing))
                #expect(fields.hasField(in: wanted, containing: nil))
                #expect(!fields.hasField(in: others, containing: nil))
                #expect(!fields.hasField(in: others, containing: found))
            }
        }
    }
}
