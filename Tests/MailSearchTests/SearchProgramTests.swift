import MailModel
import MailSearch
import Testing

@Suite("Search programs")
struct SearchProgramTests {
    private let seen = SearchKey.flags(set: .seen, unset: [])
    private let body = SearchKey.body([0x61])

    @Test func aTextThatCannotBeConvertedIsABadCharset() {
        for key in [SearchKey.body([0xFF]), .text([0xFF]), .header(name: "To", text: [0xFF])] {
            #expect(throws: SearchDefect.badCharset) { try program(.or(.all, .not(key))) }
        }
    }

    @Test func nestingIsBounded() throws {
        func nested(_ depth: Int) -> SearchKey {
            (0..<depth).reduce(seen) { key, _ in .not(key) }
        }
        #expect(throws: Never.self) { try program(nested(63)) }
        #expect(throws: SearchDefect.tooDeep) { try program(nested(64)) }
        #expect(throws: SearchDefect.tooDeep) { try program(nested(5000)) }
    }

    /// Reading the message throws, so an answer shows that it was not read.
    @Test func costlyConditionsWaitForCheapOnes() throws {
        let unreadable = PaperMessage(isUnreadable: true)
        #expect(try !program(.and([body, seen])).matches(unreadable))
        #expect(try program(.or(body, .not(seen))).matches(unreadable))
        #expect(try !program(.and([.not(body), .or(body, seen), seen])).matches(unreadable))
        #expect(throws: PaperMessage.Unreadable.self) {
            try program(.and([body, .not(seen)])).matches(unreadable)
        }
    }

    @Test func aProgramSaysWhatItNeeds() throws {
        let day = CalendarDate(daysSinceEpoch: 0)
        let header = SearchKey.header(name: "To", text: [])
        #expect(try program(.and([seen, .younger(5), .larger(1)])).needs == .rows)
        #expect(try program(.and([seen, .sentDate(.on, day)])).needs == .summaries)
        #expect(try program(.or(.sentDate(.on, day), header)).needs == .headers)
        #expect(try program(.not(.or(header, body))).needs == .bodies)
        #expect(try program(.and([.not(.all), body])).needs == .rows)
        #expect(try program(.body([])).needs == .rows)
    }

    @Test func namingModSeqAnywhereCounts() throws {
        #expect(try !program(seen).usesModSeq)
        #expect(try program(.not(.or(.all, .modSeq(ModSeq(1))))).usesModSeq)
    }

    @Test func candidatesAreTheSetsThatEveryMatchIsIn() throws {
        func uids(_ lower: UInt32, _ upper: UInt32) -> SearchKey {
            .uid(.ranges([.init(lower, upper)]))
        }
        func numbers(_ lower: UInt32, _ upper: UInt32) -> SearchKey {
            .sequence(.ranges([.init(lower, upper)]))
        }
        let both = try program(.and([seen, uids(1, 20), .and([uids(10, 30), numbers(2, 3)])]))
        #expect(both.candidateUIDs == UIDSet(10...20))
        #expect(both.candidateSequenceNumbers == NumberSet(2...3))
        #expect(try program(uids(5, 6)).candidateUIDs == UIDSet(5...6))
        #expect(try program(.or(uids(1, 2), uids(3, 4))).candidateUIDs == nil)
        #expect(try program(.not(uids(1, 2))).candidateUIDs == nil)
        #expect(try program(.not(.all)).candidateUIDs == UIDSet())
    }
}
