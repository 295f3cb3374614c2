import MailModel
import MailSearch
import Testing

/// One row of a table: a key, a message, and whether they match.
struct SearchCase: Sendable, CustomTestStringConvertible {
    let key: SearchKey
    let message: PaperMessage
    let matches: Bool

    init(_ key: SearchKey, _ message: PaperMessage, _ matches: Bool) {
        self.key = key
        self.message = message
        self.matches = matches
    }

    var testDescription: String { "\(key) \(matches ? "matches" : "does not match")" }
}

private func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
    CalendarDate(year: year, month: month, day: day) ?? CalendarDate(daysSinceEpoch: 0)
}

private func date(_ year: Int, _ month: Int, _ dayOfMonth: Int, hour: Int, zone: Int)
    -> InternalDate
{
    InternalDate(
        date: day(year, month, dayOfMonth), hour: hour, minute: 30, second: 0, zoneMinutes: zone)
        ?? InternalDate(secondsSinceEpoch: 0)
}

private func utf8(_ text: String) -> [UInt8] { Array(text.utf8) }

private func ranges(_ ranges: SequenceSet.Range...) -> SequenceSet { .ranges(ranges) }

@Suite("Search keys, RFC 9051 §6.4.4")
struct SearchKeyTests {
    static let flagCases: [SearchCase] = {
        let seen = PaperMessage(systemFlags: [.seen, .flagged])
        let work = Keyword("Work"), workInCapitals = Keyword("WORK"), other = Keyword("Other")
        var cases = [
            SearchCase(.all, seen, true),
            SearchCase(.flags(set: .seen, unset: []), seen, true),
            SearchCase(.flags(set: [], unset: .seen), seen, false),
            SearchCase(.flags(set: [.seen, .deleted], unset: []), seen, false),
            SearchCase(.flags(set: .seen, unset: .deleted), seen, true),
            SearchCase(.flags(set: [], unset: []), seen, true),
            SearchCase(.flags(set: .seen, unset: .seen), seen, false),
            SearchCase(.recent, seen, false),
            SearchCase(.recent, PaperMessage(isRecent: true), true),
        ]
        if let work, let workInCapitals, let other {
            let message = PaperMessage(keywords: [work])
            cases += [
                SearchCase(.keyword(workInCapitals), message, true),
                SearchCase(.keyword(other), message, false),
                SearchCase(.unkeyword(work), message, false),
                SearchCase(.unkeyword(other), message, true),
            ]
        }
        return cases
    }()

    static let numberCases: [SearchCase] = {
        let last = PaperMessage(uid: 100, sequenceNumber: 10, sizeBytes: 4096, modSeq: ModSeq(50))
        return [
            SearchCase(.sequence(ranges(.init(2, 4))), PaperMessage(sequenceNumber: 4), true),
            SearchCase(.sequence(ranges(.init(2, 4))), PaperMessage(sequenceNumber: 5), false),
            SearchCase(.sequence(ranges(.init(4, 2))), PaperMessage(sequenceNumber: 3), true),
            SearchCase(.sequence(ranges(.init(nil, nil))), last, true),
            SearchCase(.uid(ranges(.init(500, nil))), last, true),
            SearchCase(.uid(ranges(.init(500, nil))), PaperMessage(uid: 99), false),
            SearchCase(.uid(ranges(.init(1, 5), .init(100, 100))), last, true),
            SearchCase(.larger(4095), last, true),
            SearchCase(.larger(4096), last, false),
            SearchCase(.smaller(4096), last, false),
            SearchCase(.smaller(4097), last, true),
            SearchCase(.modSeq(ModSeq(0)), last, true),
            SearchCase(.modSeq(ModSeq(50)), last, true),
            SearchCase(.modSeq(ModSeq(51)), last, false),
            SearchCase(.emailID("M1-0"), last, true),
            SearchCase(.emailID("M1-1"), last, false),
            SearchCase(.emailID("M01-0"), last, false),
            SearchCase(.emailID("m1-0"), last, false),
            SearchCase(.emailID("M99999999999999999999-0"), last, false),
            SearchCase(.emailID(""), last, false),
            SearchCase(.threadID("T1"), last, false),
        ]
    }()

    /// 1 July 1996, 23:30 in New York: the 2nd already in Greenwich.
    static let dateCases: [SearchCase] = {
        let lateEvening = date(1996, 7, 1, hour: 23, zone: -240)
        let stored = PaperMessage(internalDate: lateEvening)
        let sent = PaperMessage(sent: lateEvening)
        let saved = PaperMessage(
            internalDate: lateEvening, saveDateSeconds: lateEvening.secondsSinceEpoch)
        return [
            SearchCase(.internalDate(.on, day(1996, 7, 1)), stored, true),
            SearchCase(.internalDate(.on, day(1996, 7, 2)), stored, false),
            SearchCase(.internalDate(.before, day(1996, 7, 1)), stored, false),
            SearchCase(.internalDate(.before, day(1996, 7, 2)), stored, true),
            SearchCase(.internalDate(.since, day(1996, 7, 1)), stored, true),
            SearchCase(.internalDate(.since, day(1996, 7, 2)), stored, false),
            SearchCase(.sentDate(.on, day(1996, 7, 1)), sent, true),
            SearchCase(.sentDate(.since, day(1996, 7, 2)), sent, false),
            SearchCase(.sentDate(.before, day(1996, 7, 2)), sent, true),
            SearchCase(.sentDate(.before, day(9999, 1, 1)), stored, false),
            SearchCase(.sentDate(.since, day(1, 1, 1)), stored, false),
            SearchCase(.savedDate(.on, day(1996, 7, 2)), saved, true),
            SearchCase(.savedDate(.before, day(1996, 7, 2)), saved, false),
            SearchCase(.savedDate(.on, day(1996, 7, 1)), stored, true),
            SearchCase(.saveDateSupported, stored, true),
        ]
    }()

    static let textCases: [SearchCase] = {
        let message = PaperMessage(
            headers: [("Subject", "Große Pläne"), ("X-Empty", "")], body: "See you at Noon")
        return [
            SearchCase(.header(name: "SUBJECT", text: utf8("PLÄNE")), message, true),
            SearchCase(.header(name: "Subject", text: utf8("noon")), message, false),
            SearchCase(.header(name: "subject", text: []), message, true),
            SearchCase(.header(name: "X-Empty", text: []), message, true),
            SearchCase(.header(name: "X-Absent", text: []), message, false),
            SearchCase(.body(utf8("NOON")), message, true),
            SearchCase(.body(utf8("pläne")), message, false),
            SearchCase(.body([]), PaperMessage(isUnreadable: true), true),
            SearchCase(.text(utf8("pläne")), message, true),
            SearchCase(.text(utf8("noon")), message, true),
            SearchCase(.text([]), PaperMessage(isUnreadable: true), true),
        ]
    }()

    static let combinedCases: [SearchCase] = {
        let message = PaperMessage(systemFlags: .seen, sizeBytes: 10)
        let yes = SearchKey.flags(set: .seen, unset: []), no = SearchKey.larger(10)
        return [
            SearchCase(.and([]), message, true),
            SearchCase(.and([yes, no]), message, false),
            SearchCase(.and([yes, .and([yes, .all])]), message, true),
            SearchCase(.or(yes, no), message, true),
            SearchCase(.or(no, no), message, false),
            SearchCase(.or(no, .or(no, yes)), message, true),
            SearchCase(.not(yes), message, false),
            SearchCase(.not(.not(yes)), message, true),
            SearchCase(.not(.all), message, false),
            SearchCase(.not(.and([yes, no])), message, true),
        ]
    }()

    @Test(arguments: flagCases + numberCases + dateCases + textCases + combinedCases)
    func aKeyMatchesAsTheStandardSays(row: SearchCase) throws {
        #expect(try program(row.key).matches(row.message) == row.matches)
    }

    @Test(arguments: [
        (SearchKey.older(60), Int64(940), true), (.older(60), 941, false),
        (.younger(60), 940, true), (.younger(60), 939, false),
    ])
    func intervalsCountBackFromNowBothEndsIncluded(key: SearchKey, second: Int64, matches: Bool)
        throws
    {
        let message = PaperMessage(internalDate: InternalDate(secondsSinceEpoch: second))
        #expect(try program(key, now: 1000).matches(message) == matches)
    }

    @Test func anEndlessIntervalAtTheBeginningOfTimeDoesNotTrap() throws {
        #expect(try program(.younger(.max), now: .min).matches(PaperMessage()))
    }

    @Test func theSavedResultNamesMessagesInEitherForm() throws {
        let saved = UIDSet(numbers: [10, 12])
        for key in [SearchKey.sequence(.savedResult), .uid(.savedResult)] {
            let found = try program(key, saved: saved)
            #expect(try found.matches(PaperMessage(uid: 12, sequenceNumber: 3)))
            #expect(try !found.matches(PaperMessage(uid: 3, sequenceNumber: 12)))
            #expect(try program(key).matchesNothing)
        }
    }

    @Test func inAnEmptyMailboxAStarNamesNothing() throws {
        let key = SearchKey.uid(ranges(.init(1, nil)))
        #expect(try program(key, messages: 0, largestUID: 0).matchesNothing)
    }
}
