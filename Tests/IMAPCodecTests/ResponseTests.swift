import IMAPCodec
import MailModel
import NIOCore
import Testing

/// The bytes of each response.
@Suite struct ResponseTests {
    private func written(
        _ options: EncodingOptions = EncodingOptions(), _ body: (inout ResponseWriter) -> Void
    ) -> String {
        var writer = ResponseWriter(encoding: options)
        body(&writer)
        return String(buffer: writer.buffer)
    }

    private func uids(_ ranges: ClosedRange<UInt32>...) -> UIDSet { UIDSet(ranges) }

    private let validity = UIDValidity(38_505)

    @Test func conditionsAreWritten() {
        #expect(written { $0.writeTagged("a1", .ok, "Done") } == "a1 OK Done\r\n")
        #expect(
            written { $0.writeTagged("a1", .no, code: .tryCreate, "no such mailbox") }
                == "a1 NO [TRYCREATE] no such mailbox\r\n")
        #expect(
            written { $0.writeUntagged(.bye, code: .unavailable, "x") }
                == "* BYE [UNAVAILABLE] x\r\n")
        #expect(written { $0.writeUntagged(.preAuth, "x") } == "* PREAUTH x\r\n")
        #expect(written { $0.writeContinuation("go") } == "+ go\r\n")
        #expect(written { $0.writeContinuation(challenge: []) } == "+ \r\n")
        #expect(written { $0.writeContinuation(challenge: [0, 1, 2]) } == "+ AAEC\r\n")
    }

    @Test(arguments: [
        ("a\r\nb", "a  b"), ("", "Done"), ("[x] y", "(x] y"), ("Grüße\u{0}", "Gr??????? "),
        ("tab\there", "tab here"),
    ])
    func textsCannotBreakTheLine(text: String, wanted: String) {
        let line = written { $0.writeTagged("a", .ok, text) }
        #expect(line.hasPrefix("a OK ") && line.hasSuffix("\r\n"))
        #expect(!line.dropFirst(5).dropLast(1).contains { $0.isNewline })
        #expect(line.utf8.allSatisfy { $0 < 0x80 })
        if !text.contains("ü") { #expect(line == "a OK \(wanted)\r\n") }
    }

    @Test func failuresAreWritten() {
        let failure = ParseFailure(tag: "a", code: .tooBig, message: "m", offset: 3)
        #expect(written { $0.writeFailure(failure) } == "a BAD [TOOBIG] m\r\n")
        #expect(
            written { $0.writeFailure(ParseFailure(tag: nil, message: "m", offset: 3)) }
                == "* BAD m\r\n")
    }

    @Test func codesAreWritten() throws {
        let validity = try #require(validity)
        let flags = FlagSet(system: [.seen, .deleted], keywords: keyword("$Junk"))
        let table: [(ResponseCode, String)] = [
            (.alert, "ALERT"), (.badCharset([]), "BADCHARSET"),
            (.badCharset(["US-ASCII", "UTF-8"]), "BADCHARSET (US-ASCII UTF-8)"),
            (.capability([.imap4rev1, .appendLimit(5)]), "CAPABILITY IMAP4rev1 APPENDLIMIT=5"),
            (.parse, "PARSE"),
            (
                .permanentFlags(flags, allowsNewKeywords: true),
                "PERMANENTFLAGS (\\Deleted \\Seen $Junk \\*)"
            ),
            (.permanentFlags(FlagSet(), allowsNewKeywords: true), "PERMANENTFLAGS (\\*)"),
            (.permanentFlags(FlagSet(), allowsNewKeywords: false), "PERMANENTFLAGS ()"),
            (.readOnly, "READ-ONLY"), (.readWrite, "READ-WRITE"), (.tryCreate, "TRYCREATE"),
            (.uidNext(4_294_967_295), "UIDNEXT 4294967295"),
            (.uidValidity(validity), "UIDVALIDITY 38505"), (.unseen(12), "UNSEEN 12"),
            (.hasChildren, "HASCHILDREN"), (.closed, "CLOSED"),
            (.appendUID(validity, uids(3955...3955)), "APPENDUID 38505 3955"),
            (
                .copyUID(
                    validity, source: uids(304...304, 319...320), destination: uids(3956...3958)),
                "COPYUID 38505 304,319:320 3956:3958"
            ),
            (.uidNotSticky, "UIDNOTSTICKY"), (.highestModSeq(ModSeq(7)), "HIGHESTMODSEQ 7"),
            (.noModSeq, "NOMODSEQ"), (.modified(uids(7...7, 9...9)), "MODIFIED 7,9"),
            (.notSaved, "NOTSAVED"), (.unknownCTE, "UNKNOWN-CTE"), (.useAttr, "USEATTR"),
            (.tooBig, "TOOBIG"), (.mailboxID(MailboxID(9)), "MAILBOXID (F9)"),
            (.unavailable, "UNAVAILABLE"), (.authenticationFailed, "AUTHENTICATIONFAILED"),
            (.authorizationFailed, "AUTHORIZATIONFAILED"), (.expired, "EXPIRED"),
            (.privacyRequired, "PRIVACYREQUIRED"), (.contactAdmin, "CONTACTADMIN"),
            (.noPerm, "NOPERM"), (.inUse, "INUSE"), (.expungeIssued, "EXPUNGEISSUED"),
            (.corruption, "CORRUPTION"), (.serverBug, "SERVERBUG"), (.clientBug, "CLIENTBUG"),
            (.cannot, "CANNOT"), (.limit, "LIMIT"), (.overQuota, "OVERQUOTA"),
            (.alreadyExists, "ALREADYEXISTS"), (.nonExistent, "NONEXISTENT"),
        ]
        for (code, wanted) in table {
            #expect(written { $0.writeUntagged(.ok, code: code, "x") } == "* OK [\(wanted)] x\r\n")
        }
    }

    @Test func mailboxDataAreWritten() throws {
        let name = try MailboxName("Entwürfe/a b")
        let validity = try #require(validity)
        #expect(written { $0.writeExists(4_294_967_295) } == "* 4294967295 EXISTS\r\n")
        #expect(written { $0.writeRecent(0) } == "* 0 RECENT\r\n")
        #expect(written { $0.writeExpunge(10) } == "* 10 EXPUNGE\r\n")
        #expect(
            written { $0.writeFlags(FlagSet(system: .all, keywords: keyword("k"))) }
                == "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft k)\r\n")
        #expect(
            written {
                $0.writeStatus(
                    name,
                    [
                        .messages(1), .recent(2), .uidNext(3), .uidValidity(validity), .unseen(4),
                        .deleted(5), .size(6), .highestModSeq(ModSeq(7)), .mailboxID(MailboxID(8)),
                        .appendLimit(9), .appendLimit(nil),
                    ])
            }
                == "* STATUS \"Entw&APw-rfe/a b\" (MESSAGES 1 RECENT 2 UIDNEXT 3 UIDVALIDITY 38505 UNSEEN 4"
                + " DELETED 5 SIZE 6 HIGHESTMODSEQ 7 MAILBOXID (F8) APPENDLIMIT 9 APPENDLIMIT NIL)\r\n"
        )
    }

    @Test func listsAreWritten() throws {
        let old = try MailboxName("x y")
        let table: [(ListData, String)] = [
            (ListData(attributes: [], name: "INBOX"), "() \"/\" INBOX"),
            (ListData(attributes: [.noSelect], name: ""), "(\\Noselect) \"/\" \"\""),
            (ListData(attributes: [], separator: nil, name: "nil"), "() NIL \"nil\""),
            (ListData(attributes: [], separator: 0x5C, name: "a\"b"), "() \"\\\\\" \"a\\\"b\""),
            (
                ListData(
                    attributes: [.hasNoChildren, .subscribed, .specialUse(.sent)], name: "Grüße"),
                "(\\HasNoChildren \\Subscribed \\Sent) \"/\" Gr&APwA3w-e"
            ),
            (
                ListData(attributes: [.nonExistent], name: "a", childInfo: ["SUBSCRIBED"]),
                "(\\NonExistent) \"/\" a (\"CHILDINFO\" (\"SUBSCRIBED\"))"
            ),
            (
                ListData(
                    attributes: [], name: "a", childInfo: ["SUBSCRIBED", "SPECIAL-USE"],
                    oldName: old),
                "() \"/\" a (\"CHILDINFO\" (\"SUBSCRIBED\" \"SPECIAL-USE\") \"OLDNAME\" (\"x y\"))"
            ),
        ]
        for (data, wanted) in table {
            #expect(written { $0.writeList(data) } == "* LIST \(wanted)\r\n")
            #expect(written { $0.writeLsub(data) } == "* LSUB \(wanted)\r\n")
        }
        #expect(
            written(EncodingOptions(mailboxNames: .utf8)) {
                $0.writeList(ListData(attributes: [], name: "Grüße & co"))
            } == "* LIST () \"/\" \"Grüße & co\"\r\n")
    }

    @Test func searchResultsAreWritten() {
        #expect(written { $0.writeSearch(NumberSet()) } == "* SEARCH\r\n")
        #expect(written { $0.writeSearch(uids(2...4, 9...9)) } == "* SEARCH 2 3 4 9\r\n")
        #expect(
            written { $0.writeSearch(uids(2...2), modSeq: ModSeq(917_162_500)) }
                == "* SEARCH 2 (MODSEQ 917162500)\r\n")
        #expect(
            written {
                $0.writeESearch(
                    ESearchData(
                        tag: "A\"1", kind: .uid, min: 1, max: 9, all: uids(1...3, 9...9), count: 4,
                        modSeq: ModSeq(5)))
            } == "* ESEARCH (TAG \"A\\\"1\") UID MIN 1 MAX 9 COUNT 4 ALL 1:3,9 MODSEQ 5\r\n")
        #expect(
            written {
                $0.writeESearch(ESearchData(tag: "a", kind: .sequence, all: UIDSet(), count: 0))
            }
                == "* ESEARCH (TAG \"a\") COUNT 0\r\n")
    }

    @Test func serverDataAreWritten() {
        #expect(
            written { $0.writeCapability([.imap4rev1, .literalPlus, .statusSize]) }
                == "* CAPABILITY IMAP4rev1 LITERAL+ STATUS=SIZE\r\n")
        #expect(written { $0.writeEnabled([]) } == "* ENABLED\r\n")
        #expect(written { $0.writeEnabled([.condStore]) } == "* ENABLED CONDSTORE\r\n")
        #expect(written { $0.writeID([]) } == "* ID NIL\r\n")
        #expect(
            written {
                $0.writeID([
                    IDCommand.Field(name: "name", value: "Hindsight"),
                    IDCommand.Field(name: "x", value: nil),
                ])
            } == "* ID (\"name\" \"Hindsight\" \"x\" NIL)\r\n")
        #expect(
            written { $0.writeNamespace(personal: [NamespaceData(prefix: "")]) }
                == "* NAMESPACE ((\"\" \"/\")) NIL NIL\r\n")
    }
}
