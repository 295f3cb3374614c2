import Testing

@testable import LoadGenerator

@Suite struct FetchItemsTests {
    private func items(_ line: String) -> (items: [String], endedWell: Bool) {
        Array((line + "\r\n").utf8).withUnsafeBytes { bytes in
            var items = Response(bytes).fetchItems
            var found: [String] = []
            while let item = items.next() {
                let name = String(decoding: item.name, as: UTF8.self)
                found.append("\(name)=\(String(decoding: item.value, as: UTF8.self))")
            }
            return (found, items.endedWell)
        }
    }

    @Test func itemsComeInAnyOrderAndForm() {
        let found = items(
            #"* 12 FETCH (FLAGS (\Seen) UID 5 INTERNALDATE "1 ) (" BODY[HEADER.FIELDS (TO CC)] {4}"#
                + "\r\nab)( RFC822.SIZE 9)")
        #expect(
            found.items == [
                #"FLAGS=(\Seen)"#, "UID=5", "INTERNALDATE=1 ) (",
                "BODY[HEADER.FIELDS (TO CC)]=ab)(",
                "RFC822.SIZE=9",
            ])
        #expect(found.endedWell)
    }

    @Test(arguments: [
        #"("a \" b \\" NIL ((NIL "x")))"#, #"("(((" "quoted string that is long \\\"( enough")"#,
        #"()"#, "({3}\r\n)\")\"(\" {2}\r\n\\\" x)",
    ])
    func listsAreSteppedOver(list: String) {
        let found = items("* 1 FETCH (ENVELOPE \(list) UID 1)")
        #expect(found.items == ["ENVELOPE=\(list)", "UID=1"])
        #expect(found.endedWell)
    }

    @Test(arguments: [
        "* 1 FETCH (UID 1", "* 1 FETCH (UID)", "* 1 FETCH (ENVELOPE (\"a))", "* 1 FETCH (UID 1) x",
        "* 1 FETCH (BODY[] {9}\r\nabc)", "* 1 FETCH (", "* 1 FETCH (FLAGS (\\Seen)",
    ])
    func brokenResponsesDoNotEndWell(line: String) { #expect(!items(line).endedWell) }

    @Test(
        arguments: [
            ("* 5 EXISTS", .exists(5)), ("* 0 EXISTS", .exists(0)), ("* 7 EXPUNGE", .expunge(7)),
            ("* 3 FETCH (UID 1)", .fetch(3)), ("* SEARCH", .search),
            ("* STATUS x (MESSAGES 1)", .status),
            ("* BYE so long", .bye), ("* OK hello", .untaggedOK), ("+ ready", .continuation),
            ("+", .continuation), ("a1 OK done", .tagged), ("* 5 RECENT", .untagged),
            ("* FLAGS (x)", .untagged),
        ] as [(String, Response.Kind)])
    func kindsAreTold(line: String, kind: Response.Kind) {
        Array((line + "\r\n").utf8).withUnsafeBytes { #expect(Response($0).kind == kind) }
    }

    @Test(arguments: [
        "* 7 FETCH (UID 7 FLAGS (\\Seen $a))", "* 7 FETCH (FLAGS (\\Seen $a) UID 7)",
    ]) func uidAndFlagsAreReadAtOnce(_ line: String) {
        let found = Array((line + "\r\n").utf8).withUnsafeBytes { bytes in
            Response(bytes).flagsOfUID.map { ($0.uid, $0.isSeen, $0.flags.count) }
        }
        #expect(found?.0 == 7)
        #expect(found?.1 == true)
        #expect(found?.2 == 10)
    }

    @Test(arguments: [
        "* 7 FETCH (UID 7)", "* 7 FETCH (UID 7 FLAGS (\\Seen)", "* 7 FETCH (UID 7 FLAGS (\\Seen",
        "* 7 FETCH (UID 7 FLAGS ()FLAGS ())", "* 7 FETCH (UID 7 FLAGS () UID 8)",
        "* 7 FETCH (UID x FLAGS ())", "* 7 FETCH (UID 7 FLAGS () MODSEQ (3))", "* 7 FETCH ()",
    ]) func otherItemsAreNot(_ line: String) {
        let isFound = Array((line + "\r\n").utf8).withUnsafeBytes { bytes in
            Response(bytes).flagsOfUID != nil
        }
        #expect(!isFound)
    }
}
