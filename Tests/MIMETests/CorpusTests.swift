import MIME
import MailTesting
import Testing

/// Every message of the corpus, as it is and with CRLF line ends.
@Suite struct CorpusTests {
    @Test(arguments: 0..<4)
    func everyMessageHasAWellFormedSummary(quarter: Int) {
        var count = 0
        for (index, message) in Corpus.messages.enumerated() where index % 4 == quarter {
            let normal = Corpus.withCRLF(message.bytes)
            check(message.name, message.bytes)
            if normal != message.bytes { check(message.name, normal) }
            count += 1
        }
        #expect(Corpus.folder == nil || count > 1200)
    }

    private func check(_ name: String, _ bytes: [UInt8]) {
        bytes.withUnsafeBytes { raw in
            let structure = MessageStructure(parsing: raw)
            let summary = MessageSummary(of: raw, structure: structure)
            #expect(
                WireValue(summary.envelope).map(WireRules.isEnvelope) == true, "\(name): envelope")
            guard let body = WireValue(summary.body),
                let parts = WireRules.parts(body, isExtended: false),
                let extended = WireValue(summary.bodyStructure),
                let extendedParts = WireRules.parts(extended, isExtended: true)
            else {
                Issue.record("\(name): body structure: \(text(summary.bodyStructure).prefix(2000))")
                return
            }
            #expect(
                parts.map(\.type) == extendedParts.map(\.type), "\(name): BODY and BODYSTRUCTURE")
            #expect(summary == MessageSummary(of: raw), "\(name): the same again")
            let stored = summary.encoded()
            #expect(
                stored.withUnsafeBytes { MessageSummary(decoding: $0) } == summary,
                "\(name): stored")
            checkParts(name, parts, structure, raw)
            checkHeader(name, summary, structure, raw)
        }
    }

    private func checkParts(
        _ name: String, _ parts: [WireRules.Shown], _ structure: MessageStructure,
        _ raw: UnsafeRawBufferPointer
    ) {
        for part in parts.prefix(200) {
            for kind in [
                SectionPath.Kind.whole, .mime, .header, .text, .headerFields(["subject"]),
                .headerFieldsNot([]),
            ] {
                let content = structure.section(SectionPath(part: part.path, kind: kind), in: raw)
                guard let content else { continue }
                let isInside = content.ranges.allSatisfy {
                    $0.lowerBound >= 0 && $0.upperBound <= raw.count
                }
                #expect(
                    isInside && content.bytes(in: raw).count == content.byteCount,
                    "\(name): \(part.path) \(kind)")
                if kind == .whole, let octets = part.octets {
                    #expect(content.byteCount == octets, "\(name): octets of \(part.path)")
                }
            }
            guard part.octets != nil else { continue }
            #expect(
                structure.section(SectionPath(part: part.path), in: raw) != nil,
                "\(name): \(part.path)")
            let hasHeader =
                structure.section(SectionPath(part: part.path, kind: .header), in: raw) != nil
            #expect(hasHeader == part.isMessage, "\(name): HEADER of \(part.path)")
            _ = try? structure.decodedPart(part.path, in: raw)
        }
    }

    private func checkHeader(
        _ name: String, _ summary: MessageSummary, _ structure: MessageStructure,
        _ raw: UnsafeRawBufferPointer
    ) {
        let header = structure.section(SectionPath(kind: .header), in: raw)
        let body = structure.section(SectionPath(kind: .text), in: raw)
        #expect(header?.byteCount == Int(summary.headerSize), "\(name): header size")
        #expect(
            (header?.byteCount ?? 0) + (body?.byteCount ?? 0) == raw.count,
            "\(name): header and text")
        let names = ["subject", "from", "references"]
        let fetched = structure.section(SectionPath(kind: .headerFields(names)), in: raw)
        guard let wanted = KeptFieldSet(names) else {
            Issue.record("these fields are kept")
            return
        }
        summary.encoded().withUnsafeBytes { bytes in
            guard let kept = StoredSummary(bytes)?.keptFields else { return }
            #expect(kept.section(wanted) == fetched?.bytes(in: raw), "\(name): kept fields")
        }
    }

    @Test func everyMessageCanBeSearched() throws {
        let needle = try #require(SearchNeedle(Array("zzzz\u{e9}zzzz".utf8)))
        for (index, message) in Corpus.messages.enumerated() where index % 7 == 0 {
            message.bytes.withUnsafeBytes { raw in
                var search = SearchText(of: raw)
                let isFound = search.contains(needle)
                #expect(!isFound, "\(message.name)")
            }
        }
    }
}
