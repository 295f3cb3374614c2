import IMAPCodec
import MailModel
import Testing

private func day(_ year: Int, _ month: Int, _ day: Int) -> CalendarDate {
    CalendarDate(year: year, month: month, day: day) ?? CalendarDate(daysSinceEpoch: 0)
}

@Suite struct SearchCommandTests {
    @Test(arguments: [
        ("ALL", SearchKey.all), ("SEEN", .flags(set: .seen, unset: [])),
        ("unseen", .flags(set: [], unset: .seen)), ("RECENT", .recent),
        ("NEW", .and([.recent, .flags(set: [], unset: .seen)])), ("OLD", .not(.recent)),
        ("1:3", .sequence(set((1, 3)))), ("$", .sequence(.savedResult)),
        ("UID *", .uid(set((nil, nil)))),
        ("FROM fred", .header(name: "From", text: Array("fred".utf8))),
        ("HEADER X-A \"\"", .header(name: "X-A", text: [])),
        ("BODY {3}\r\na\r\n", .body(Array("a\r\n".utf8))),
        ("TEXT \"Grüße\"", .text(Array("Grüße".utf8))),
        ("BEFORE 1-Feb-1994", .internalDate(.before, day(1994, 2, 1))),
        ("SENTON \"29-feb-2024\"", .sentDate(.on, day(2024, 2, 29))),
        ("SAVEDSINCE 31-DEC-1999", .savedDate(.since, day(1999, 12, 31))),
        ("SAVEDATESUPPORTED", .saveDateSupported), ("LARGER 10", .larger(10)),
        ("SMALLER 9223372036854775807", .smaller(UInt64(Int64.max))),
        ("OLDER 60", .older(60)), ("YOUNGER 4294967295", .younger(.max)),
        ("MODSEQ 5", .modSeq(ModSeq(5))),
        ("MODSEQ \"/flags/\\\\draft\" priv 5", .modSeq(ModSeq(5))),
        ("EMAILID M1-2", .emailID("M1-2")), ("THREADID T_x", .threadID("T_x")),
        ("NOT NOT ALL", .not(.not(.all))), ("OR ALL RECENT", .or(.all, .recent)),
        ("(ALL)", .all), ("(ALL RECENT) OLD", .and([.and([.all, .recent]), .not(.recent)])),
        ("ALL RECENT ", .and([.all, .recent])),
        ("OR (ALL ALL) NOT RECENT", .or(.and([.all, .all]), .not(.recent))),
    ])
    func keysAreRead(text: String, wanted: SearchKey) {
        #expect(command("a SEARCH \(text)") == .search(SearchCommand(key: wanted)))
    }

    @Test(arguments: [
        ("SEARCH ALL", SearchCommand(key: .all)),
        ("UID SEARCH ALL", SearchCommand(kind: .uid, key: .all)),
        ("SEARCH CHARSET utf-8 ALL", SearchCommand(charset: "UTF-8", key: .all)),
        ("SEARCH RETURN () ALL", SearchCommand(returns: .all, key: .all)),
        (
            "SEARCH RETURN (MIN SAVE) CHARSET \"X\" ALL",
            SearchCommand(charset: "X", returns: [.min, .save], key: .all)
        ),
        (
            "SEARCH RETURN (COUNT MAX) 1",
            SearchCommand(returns: [.count, .max], key: .sequence(set((1, 1))))
        ),
    ])
    func optionsAreRead(line: String, wanted: SearchCommand) {
        #expect(command("a \(line)") == .search(wanted))
    }

    @Test(arguments: [
        ("MODSEQ 1", true), ("ALL", false), ("OR ALL NOT (SEEN MODSEQ 1)", true),
    ])
    func useOfModSeqIsFound(text: String, wanted: Bool) {
        guard case .search(let search)? = command("a SEARCH \(text)") else {
            Issue.record("not a SEARCH")
            return
        }
        #expect(search.usesModSeq == wanted)
    }
}
