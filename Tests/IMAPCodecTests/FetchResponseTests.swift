import IMAPCodec
import MailModel
import NIOCore
import Testing

@Suite struct FetchResponseTests {
    private func written(_ body: (inout ResponseWriter) -> Void) -> String {
        var writer = ResponseWriter()
        body(&writer)
        return String(buffer: writer.buffer)
    }

    private func item(_ body: (inout ResponseWriter) -> Void) -> String {
        let line = written {
            $0.beginFetch(sequenceNumber: 1)
            body(&$0)
            $0.endFetch()
        }
        #expect(line.hasPrefix("* 1 FETCH (") && line.hasSuffix(")\r\n"))
        return String(String.UnicodeScalarView(line.unicodeScalars.dropFirst(11).dropLast(3)))
    }

    @Test func flagLinesAreWrittenInOnePiece() {
        #expect(
            written { $0.writeFetchFlags(sequenceNumber: 1, flags: FlagText(system: [])) }
                == "* 1 FETCH (FLAGS ())\r\n")
        #expect(
            written {
                $0.writeFetchFlags(sequenceNumber: 5, uid: 77, flags: FlagText(system: .seen))
            } == "* 5 FETCH (UID 77 FLAGS (\\Seen))\r\n")
        let keywords = FlagText.joined(keyword("$Junk") + keyword("b"))
        #expect(
            written {
                $0.writeFetchFlags(
                    sequenceNumber: .max, uid: .max,
                    flags: FlagText(system: .all, isRecent: true, keywords: keywords),
                    modSeq: ModSeq(UInt64(Int64.max)))
            }
                == "* 4294967295 FETCH (UID 4294967295 FLAGS (\\Answered \\Flagged \\Deleted \\Seen"
                + " \\Draft \\Recent $Junk b) MODSEQ (9223372036854775807))\r\n")
    }

    /// Many rows in one region are what each would be alone, and the region is as long as it must be.
    @Test func rowsInOneRegionAreThoseWrittenOneByOne() throws {
        let date = InternalDate(secondsSinceEpoch: 836_214_265, zoneMinutes: -420)
        let keywords = FlagText.joined(keyword("$Junk") + keyword("longer"))
        let flags = (0..<32).map { FlagText(system: SystemFlags(rawValue: UInt8($0))) }
        var rows = flags.map { FetchRow(flags: $0) }
        rows += flags.map { FetchRow(uid: .max, flags: $0, modSeq: ModSeq(UInt64(Int64.max))) }
        rows += flags.map { text in
            let text = FlagText(system: text.system, isRecent: true, keywords: keywords)
            return FetchRow(flags: text, internalDate: date, sizeBytes: .max)
        }
        rows += [FetchRow(uid: 9), FetchRow(sizeBytes: 0, modSeq: ModSeq(1))]
        for numbers in [1, 9, 10, 99, 100, 999, 1000, 9999, 10_000, 99_999, 100_000, UInt32.max] {
            let alone = written { writer in
                for row in rows { writer.writeFetch(sequenceNumber: numbers, row) }
            }
            let together = written { writer in
                writer.writeFetches(
                    rows: rows.count, bytes: .max / 2, keywordBytes: keywords.count
                ) { region in
                    for row in rows { region.put(numbers, row) }
                    #expect(region.count == alone.utf8.count)
                }
            }
            #expect(together == alone)
        }
    }

    @Test func aRegionHasRoomForARowThatBeginsBelowItsLimit() {
        let keywords = [UInt8](repeating: 120, count: 5000)
        let row = FetchRow(
            uid: .max, flags: FlagText(system: .all, isRecent: true, keywords: keywords),
            internalDate: InternalDate(secondsSinceEpoch: 0), sizeBytes: .max,
            modSeq: ModSeq(UInt64(Int64.max)))
        for limit in [1, 400, 20_000] {
            let text = written { writer in
                writer.writeFetches(rows: 50, bytes: limit, keywordBytes: keywords.count) {
                    while $0.count < limit { $0.put(.max, row) }
                }
            }
            #expect(text.utf8.count >= limit && text.hasSuffix(")\r\n"))
        }
    }

    @Test func itemsAreWritten() throws {
        let date = InternalDate(secondsSinceEpoch: 836_214_265, zoneMinutes: -420)
        let email = EmailID(position: LogPosition(12), index: 3)
        #expect(item { $0.writeUID(7) } == "UID 7")
        #expect(item { $0.writeFlags(FlagText(system: [], isRecent: true)) } == "FLAGS (\\Recent)")
        #expect(item { $0.writeInternalDate(date) } == "INTERNALDATE \"\(date)\"")
        #expect(item { $0.writeRFC822Size(.max) } == "RFC822.SIZE 18446744073709551615")
        #expect(item { $0.writeModSeq(ModSeq(9)) } == "MODSEQ (9)")
        #expect(item { $0.writeEmailID(email) } == "EMAILID (M12-3)")
        #expect(item { $0.writeThreadID(nil) } == "THREADID NIL")
        #expect(item { $0.writeThreadID("T1") } == "THREADID (T1)")
        #expect(item { $0.writeSaveDate(nil) } == "SAVEDATE NIL")
        #expect(item { $0.writeSaveDate(date) } == "SAVEDATE \"\(date)\"")
        #expect(item { $0.writeEnvelope(rendered: "(x)".utf8) } == "ENVELOPE (x)")
        #expect(item { $0.writeBody(rendered: "(x)".utf8) } == "BODY (x)")
        #expect(item { $0.writeBodyStructure(rendered: "(x)".utf8) } == "BODYSTRUCTURE (x)")
        #expect(item { $0.writeBinarySize(part: [1, 2], sizeBytes: 3) } == "BINARY.SIZE[1.2] 3")
        #expect(
            item {
                $0.writeUID(7)
                $0.writeFlags(FlagText(system: .draft))
                $0.writeModSeq(ModSeq(8))
            } == "UID 7 FLAGS (\\Draft) MODSEQ (8)")
    }

    @Test func sectionsAreWritten() {
        let fields = ["From", "X \"y\""]
        let table: [(Section, String)] = [
            (Section(kind: .whole), ""), (Section(kind: .header), "HEADER"),
            (Section(part: [1, 2], kind: .whole), "1.2"),
            (Section(part: [1], kind: .mime), "1.MIME"),
            (Section(part: [3, 1], kind: .text), "3.1.TEXT"),
            (Section(kind: .headerFields(fields)), "HEADER.FIELDS (From \"X \\\"y\\\"\")"),
            (Section(part: [2], kind: .headerFieldsNot(["To"])), "2.HEADER.FIELDS.NOT (To)"),
        ]
        for (section, wanted) in table {
            #expect(item { $0.writeBodySection(section, .nil) } == "BODY[\(wanted)] NIL")
            #expect(
                item { $0.writeBodySection(section, offset: 5, .empty) }
                    == "BODY[\(wanted)]<5> \"\"")
            #expect(
                item {
                    $0.writeBodySection(section, .literal(sizeBytes: 2))
                    $0.buffer.writeString("ab")
                } == "BODY[\(wanted)] {2}\r\nab")
        }
        #expect(
            item {
                $0.writeBinary(part: [4], offset: 0, .literal8(sizeBytes: 1))
                $0.buffer.writeString("\u{0}")
            } == "BINARY[4]<0> ~{1}\r\n\u{0}")
        #expect(item { $0.writeRFC822(.nil) } == "RFC822 NIL")
        #expect(item { $0.writeRFC822Header(.empty) } == "RFC822.HEADER \"\"")
        #expect(item { $0.writeRFC822Text(.literal(sizeBytes: 0)) } == "RFC822.TEXT {0}\r\n")
    }
}

extension FetchRowsCursor {
    fileprivate mutating func put(_ sequenceNumber: UInt32, _ row: FetchRow) {
        begin(sequenceNumber: sequenceNumber)
        if let uid = row.uid { put(uid: uid) }
        if let flags = row.flags {
            if flags.keywords.isEmpty {
                put(flags: flags.system, isRecent: flags.isRecent)
            } else {
                put(flags: flags)
            }
        }
        if let date = row.internalDate { put(internalDate: date) }
        if let size = row.sizeBytes { put(sizeBytes: size) }
        if let modSeq = row.modSeq { put(modSeq: modSeq) }
        end()
    }
}
