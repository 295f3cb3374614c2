import Foundation
import IMAPCodec
import IMAPSession
import MailModel
import Testing

/// What a client that means no good, or only odd, can ask for: it costs that client, and nobody else.
@Suite("Hostile and odd clients") struct HostileClientTests {
    private static let plain = Array("Subject: hi\r\nX-A: b\r\n\r\nHello\r\n".utf8)

    private static func keywords(_ count: Int, from first: Int = 0) -> String {
        (first..<(first + count)).map { "k\($0)" }.joined(separator: " ")
    }

    // MARK: Names

    @Test func namesThatLookAlikeAreTwoMailboxes() throws {
        let client = try TemporaryStore().login()
        #expect(client.send("a CREATE \u{131}nbox").hasPrefix("a OK "))
        #expect(client.send("b CREATE caf&AOk-").hasPrefix("b OK "))
        #expect(client.send("c CREATE cafe&AwE-").hasPrefix("c OK "))
        let list = client.send("d LIST \"\" *")
        for name in ["\"/\" INBOX\r\n", "&ATE-nbox\r\n", "caf&AOk-\r\n", "cafe&AwE-\r\n"] {
            #expect(list.contains(name), "\(name)")
        }
    }

    @Test func renameTakesEveryChildAlongAndNoOther() throws {
        let client = try TemporaryStore().login()
        client.send("a CREATE a/&AwE-x")
        client.send("b CREATE caf&AOk-/x")
        client.send("c CREATE cafe&AwE-")
        #expect(client.send("d RENAME a b").hasPrefix("d OK "))
        #expect(client.send("e RENAME cafe&AwE- tea").hasPrefix("e OK "))
        let list = client.send("f LIST \"\" *")
        #expect(list.contains(" b/&AwE-x\r\n") && !list.contains(" a/&AwE-x\r\n"))
        #expect(list.contains(" caf&AOk-/x\r\n") && !list.contains("tea/x"))
    }

    // MARK: LIST

    @Test func wildcardsOfAllPatternsCountTogether() throws {
        let client = try TemporaryStore().login()
        let few = Array(repeating: "a%b", count: 64).joined(separator: " ")
        #expect(client.send("a LIST \"\" (\(few))").hasPrefix("a OK "))
        let many = Array(repeating: "a%b", count: 65).joined(separator: " ")
        #expect(client.send("b LIST \"\" (\(many))").hasPrefix("b NO [LIMIT] "))
        let plain = Array(repeating: "a", count: 1001).joined(separator: " ")
        #expect(client.send("c LIST \"\" (\(plain))").hasPrefix("c NO [LIMIT] "))
    }

    // MARK: Keywords

    @Test func aMailboxHasOnlySoManyKeywords() throws {
        let store = try TemporaryStore()
        let client = try ByteClient(store, [Self.plain])
        #expect(client.text("a STORE 1 +FLAGS.SILENT (\(Self.keywords(2000)))").hasPrefix("a OK "))
        #expect(
            client.text("b STORE 1 +FLAGS.SILENT (\(Self.keywords(2000, from: 2000)))")
                .hasPrefix("b OK "))
        let refused = client.text("c STORE 1 +FLAGS (\(Self.keywords(200, from: 4000)))")
        #expect(refused.hasPrefix("c NO [LIMIT] "))
        // Those that are there can be used all the same.
        #expect(client.text("d STORE 1 FLAGS.SILENT (k3999)").hasPrefix("d OK "))
        let appended = store.connect()
        appended.send("l LOGIN anna secret")
        let header = "APPEND INBOX (\(Self.keywords(200, from: 4000))) {1+}\r\nx"
        #expect(appended.send("e \(header)").hasPrefix("e NO [LIMIT] "))
    }

    @Test func copyingBringsNoMoreKeywordsThanStoring() throws {
        let client = try ByteClient(TemporaryStore(), [Self.plain])
        client.send("a CREATE other")
        client.send("b STORE 1 FLAGS.SILENT (\(Self.keywords(2500)))")
        #expect(client.text("c COPY 1 other").contains("c OK "))
        client.send("d SELECT INBOX")
        client.send("e STORE 1 FLAGS.SILENT (\(Self.keywords(1500, from: 2500)))")
        #expect(client.text("f COPY 1 other").contains("f OK "))
        client.send("g CREATE third")
        client.send("h SELECT other")
        client.send("i STORE 1 FLAGS.SILENT (x1 x2 x3)")
        client.send("j COPY 1 third")
        client.send("k SELECT third")
        client.send("l STORE 1 FLAGS.SILENT (\(Self.keywords(2500, from: 10_000)))")
        client.send("m STORE 1 FLAGS.SILENT (\(Self.keywords(1500, from: 12_500)))")
        let refused = client.text("n COPY 1 other")
        #expect(refused.contains("n NO [LIMIT] "))
        #expect(client.text("o MOVE 1 other").contains("o NO [LIMIT] "))
    }

    @Test(.timeLimit(.minutes(1)))
    func thousandsOfKeywordsAreSearchedOffTheLoop() throws {
        let client = try ByteClient(
            TemporaryStore(), Array(repeating: Self.plain, count: 150),
            flags: Array(
                repeating: FlagSet(keywords: [Keyword("mark")].compactMap { $0 }), count: 150))
        let keys = (0..<2000).map { "UNKEYWORD k\($0)" }.joined(separator: " ")
        #expect(client.text("a SEARCH RETURN (COUNT) \(keys)").contains("COUNT 150\r\na OK "))
        #expect(client.jobs == 1)
        #expect(client.text("b SEARCH RETURN (COUNT) UNSEEN").contains("COUNT 150\r\nb OK "))
        #expect(client.jobs == 1)
    }

    // MARK: Long answers

    @Test func aLongSearchResponseGoesOutInPieces() throws {
        var limits = SessionLimits()
        limits.outHighWaterBytes = 1000
        let client = try ByteClient(
            TemporaryStore(), Array(repeating: Self.plain, count: 2500), limits: limits)
        let wanted = (1...2500).map { " \($0)" }.joined()
        #expect(client.text("a SEARCH ALL") == "* SEARCH\(wanted)\r\na OK SEARCH completed\r\n")
        #expect(client.mostWaiting < 2000)
    }

    // MARK: FETCH

    @Test func aFetchResponseIsNeverEmpty() throws {
        let odd = Array("Content-Transfer-Encoding: x-mine\r\n\r\nHello\r\n".utf8)
        let client = try ByteClient(TemporaryStore(), [odd])
        let answer = client.text("a FETCH 1 BINARY.PEEK[1]")
        #expect(
            answer == "* 1 FETCH (UID 1)\r\na NO [UNKNOWN-CTE] "
                + "A part has a transfer encoding that is not known\r\n")
    }

    @Test func muchReadingForFewBytesIsDoneInTurns() throws {
        let long = Array("A: b\r\n\r\n".utf8) + Array(repeating: UInt8(ascii: "x"), count: 200_000)
        let client = try ByteClient(TemporaryStore(), Array(repeating: long, count: 60))
        let answer = client.text("a FETCH 1:* BODY.PEEK[1]<0.1>")
        #expect(answer.components(separatedBy: " FETCH (").count == 61)
        #expect(client.pauses >= 2)
    }

    // MARK: Lines and literals

    @Test func theLineThatEndsIdleIsShort() throws {
        let client = try TemporaryStore().login()
        #expect(client.send("a IDLE").hasPrefix("+ "))
        let long = String(repeating: "x", count: 64)
        #expect(client.send(long) == "a BAD line too long\r\n")
        #expect(client.send("b NOOP").hasPrefix("b OK "))
        client.send("c IDLE")
        // All of a longer line is skipped, whatever its pieces are.
        #expect(client.sendRaw(long + long).hasPrefix("c BAD "))
        #expect(client.sendRaw(" d NOOP\r\n").isEmpty)
        #expect(client.send("e NOOP").hasPrefix("e OK ") && !client.isClosed)
        client.send("f IDLE")
        #expect(client.send("done").hasPrefix("f OK "))
    }

    @Test func onlyALiteral8HoldsNUL() throws {
        let client = try TemporaryStore().login()
        #expect(client.send("a APPEND INBOX {3+}\r\na\0b").hasPrefix("a NO [CANNOT] "))
        #expect(client.send("b APPEND INBOX ~{3+}\r\na\0b").hasPrefix("b OK "))
        // All messages or none, and what follows is read well.
        let several = client.send("c APPEND INBOX {1+}\r\na {2+}\r\n\0b {1+}\r\nc")
        #expect(several.hasPrefix("c NO [CANNOT] "))
        #expect(client.send("d STATUS INBOX (MESSAGES)").contains("(MESSAGES 1)"))
    }

    // MARK: CONDSTORE

    @Test func aConditionalStoreTellsEveryMessageItPassed() throws {
        let client = try ByteClient(TemporaryStore(), [Self.plain, Self.plain])
        client.send("a STORE 1 +FLAGS (\\Flagged)")
        let answer = client.text(
            "b STORE 1:2 (UNCHANGEDSINCE 9999) +FLAGS.SILENT (\\Flagged)")
        #expect(answer.contains("* 1 FETCH (MODSEQ (") && answer.contains("* 2 FETCH (MODSEQ ("))
    }
}
