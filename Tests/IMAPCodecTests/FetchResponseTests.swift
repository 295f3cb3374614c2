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
