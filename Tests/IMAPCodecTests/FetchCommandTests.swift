import IMAPCodec
import MailModel
import Testing

@Suite struct FetchCommandTests {
    @Test(arguments: [
        ("FLAGS", [FetchItem.flags]), ("(uid)", [.uid]), ("BODY", [.body]),
        ("ALL", [.flags, .internalDate, .rfc822Size, .envelope]),
        ("fast", [.flags, .internalDate, .rfc822Size]),
        ("FULL", [.flags, .internalDate, .rfc822Size, .envelope, .body]),
        ("(RFC822 RFC822.HEADER RFC822.TEXT)", [.rfc822, .rfc822Header, .rfc822Text]),
        ("(BODYSTRUCTURE ENVELOPE)", [.bodyStructure, .envelope]),
        (
            "(MODSEQ EMAILID THREADID SAVEDATE)", [.modSeq, .emailID, .threadID, .saveDate]
        ),
        ("BINARY.SIZE[1.2]", [.binarySize(part: [1, 2])]),
        ("BINARY[]", [.binary(part: [], peek: false, partial: nil)]),
        (
            "BINARY.PEEK[3]<0.1>",
            [.binary(part: [3], peek: true, partial: Partial(offset: 0, count: 1))]
        ),
    ])
    func itemsAreRead(text: String, wanted: [FetchItem]) {
        #expect(
            command("a UID FETCH 1 \(text)")
                == .fetch(FetchCommand(kind: .uid, messages: set((1, 1)), items: wanted)))
    }

    @Test(arguments: [
        ("[]", Section(kind: .whole)), ("[HEADER]", Section(kind: .header)),
        ("[text]", Section(kind: .text)), ("[1]", Section(part: [1], kind: .whole)),
        ("[1.2.3]", Section(part: [1, 2, 3], kind: .whole)),
        ("[4.MIME]", Section(part: [4], kind: .mime)),
        ("[4.1.HEADER]", Section(part: [4, 1], kind: .header)),
        ("[4.TEXT]", Section(part: [4], kind: .text)),
        ("[HEADER.FIELDS (From \"To\")]", Section(kind: .headerFields(["From", "To"]))),
        (
            "[2.HEADER.FIELDS.NOT ({1}\r\nX)]",
            Section(part: [2], kind: .headerFieldsNot(["X"]))
        ),
    ])
    func sectionsAreRead(text: String, wanted: Section) {
        for peek in [true, false] {
            let item = FetchItem.bodySection(
                wanted, peek: peek, partial: Partial(offset: 7, count: 9))
            #expect(
                command("a FETCH 1 BODY\(peek ? ".PEEK" : "")\(text)<7.9>")
                    == .fetch(FetchCommand(kind: .sequence, messages: set((1, 1)), items: [item])))
        }
    }

    @Test func changedSinceIsRead() {
        #expect(
            command("a FETCH 1 (FLAGS) (CHANGEDSINCE 9223372036854775807)")
                == .fetch(
                    FetchCommand(
                        kind: .sequence, messages: set((1, 1)), items: [.flags],
                        changedSince: ModSeq(UInt64(Int64.max)))))
    }

    @Test(arguments: [
        (UInt64(0), UInt64(5), 10, 0..<5), (8, 5, 10, 8..<10), (10, 1, 10, 10..<10),
        (.max, .max, 10, 10..<10), (4_294_967_295, 4_294_967_295, 0, 0..<0),
    ])
    func partialsKeepWithinTheSection(
        offset: UInt64, count: UInt64, size: Int, wanted: Range<Int>
    ) {
        #expect(Partial(offset: offset, count: count).range(in: size) == wanted)
    }

    @Test func onlyWholeBodiesSetSeen() {
        #expect(FetchItem.rfc822.setsSeen && FetchItem.rfc822Text.setsSeen)
        #expect(!FetchItem.rfc822Header.setsSeen && !FetchItem.body.setsSeen)
        #expect(FetchItem.binary(part: [], peek: false, partial: nil).setsSeen)
        #expect(!FetchItem.bodySection(Section(kind: .text), peek: true, partial: nil).setsSeen)
    }
}
