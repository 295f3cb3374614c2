import IMAPCodec
import IMAPSession
import MailModel
import MailboxStore
import Testing

@Suite("SEARCH over a real store")
struct SearchTests {
    /// 1: seen, sent 1994. 2: flagged, `blue`, Russian and in Latin 1. 3: multipart with base64. 4: plain.
    private static let mail: [[UInt8]] = [
        Array(
            ("Date: Mon, 7 Feb 1994 21:52:25 -0800\r\nFrom: Fred <fred@example.com>\r\n"
                + "Subject: Lunch at noon\r\nX-Odd: one\r\n\r\nHello World\r\n").utf8),
        Array(
            ("Date: Tue, 1 Jan 2019 00:30:00 +0100\r\nFrom: =?iso-8859-1?Q?J=F6rg?= <j@example.com>\r\n"
                + "Subject: =?utf-8?B?0J/RgNC40LLQtdGC?=\r\nContent-Type: text/plain; charset=iso-8859-1\r\n"
                + "\r\nStra").utf8) + [0xDF] + Array("e und K".utf8) + [0xC4]
            + Array("SE\r\n".utf8),
        Array(
            ("Subject: three\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n"
                + "Content-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n"
                + "c2VjcmV0IHRleHQ=\r\n--b--\r\n").utf8),
        Array("Subject: \r\n\r\nfour hello\r\n".utf8),
    ]

    private static let flags = [
        FlagSet(system: .seen),
        FlagSet(system: .flagged, keywords: [Keyword("blue")].compactMap { $0 }),
    ]

    private static func client(limits: SessionLimits = SessionLimits()) throws -> ByteClient {
        try ByteClient(TemporaryStore(), mail, flags: flags, limits: limits)
    }

    private static func found(_ answer: String) -> String {
        let line = answer.split(separator: "\r\n").first { $0.hasPrefix("* SEARCH") } ?? ""
        return String(line.dropFirst("* SEARCH".count)).trimmingCharacters(" ")
    }

    // INTERNALDATEs are 14, 15, 16 and 17 November 2023; now is 2 January 2025.
    private static let keys = [
        ("ALL", "1 2 3 4"), ("SEEN", "1"), ("UNSEEN", "2 3 4"), ("KEYWORD BLUE", "2"),
        ("UNKEYWORD blue", "1 3 4"), ("KEYWORD red", ""), ("NEW", "2 3 4"), ("OLD", ""),
        ("2:3", "2 3"), ("UID 3:*", "3 4"), ("9", ""), ("*", "4"), ("NOT 1", "2 3 4"),
        ("OR SEEN FLAGGED", "1 2"), ("FLAGGED UNSEEN", "2"), ("DELETED", ""),
        ("SUBJECT lunch", "1"), ("SUBJECT \"\"", "1 2 3 4"), ("HEADER X-Odd \"\"", "1"),
        ("HEADER X-Odd ONE", "1"), ("FROM example", "1 2"), ("TO example", ""),
        ("BODY hello", "1 4"), ("BODY Subject", ""), ("TEXT lunch", "1"), ("BODY secret", "3"),
        ("TEXT \"SECRET TEXT\"", "3"), ("NOT BODY hello", "2 3"),
        ("ON 15-Nov-2023", "2"), ("SINCE 16-Nov-2023", "3 4"), ("BEFORE 15-Nov-2023", "1"),
        ("SENTON 7-Feb-1994", "1"), ("SENTBEFORE 1-Jan-2019", "1"), ("SENTSINCE 1-Jan-2019", "2"),
        ("YOUNGER 1", ""), ("OLDER 1", "1 2 3 4"), ("SAVEDBEFORE 1-Jan-2000", ""),
        ("SAVEDATESUPPORTED", "1 2 3 4"), ("LARGER 150", "2 3"), ("SMALLER 50", "4"),
        ("EMAILID M999-0", ""), ("THREADID T1", ""),
        ("OR (BODY hello) (BODY secret) UNSEEN", "3 4"),
    ]

    @Test func eachKeyFindsItsMessages() throws {
        let client = try Self.client()
        for (keys, expected) in Self.keys {
            let answer = client.text("a SEARCH \(keys)")
            #expect(Self.found(answer) == expected, "\(keys)")
            #expect(answer.contains("a OK SEARCH completed\r\n"), "\(keys)")
        }
    }

    @Test(arguments: [
        ("SUBJECT", "привет", "2"), ("FROM", "JÖRG", "2"), ("BODY", "kÄse", "2"),
        ("TEXT", "straße", "2"), ("TEXT", "ПРИВЕТ", "2"),
    ])
    func textIsComparedDecodedAndFolded(_ key: String, _ text: String, _ expected: String) throws {
        let client = try Self.client()
        let line = "a SEARCH CHARSET UTF-8 \(key) {\(text.utf8.count)+}\r\n\(text)"
        #expect(Self.found(client.text(line)) == expected)
    }

    @Test func aCharsetThatNobodyKnowsIsRefused() throws {
        let client = try Self.client()
        for keys in ["ALL", "TEXT x"] {
            let answer = client.text("a SEARCH CHARSET X-NOBODY \(keys)")
            #expect(answer.hasPrefix("a NO [BADCHARSET (US-ASCII UTF-8)] "))
        }
        #expect(Self.found(client.text("b SEARCH CHARSET KOI8-R SUBJECT lunch")) == "1")
    }

    // MARK: RFC 4731

    @Test(arguments: [
        (
            "SEARCH RETURN (MIN MAX COUNT ALL) UNSEEN",
            "* ESEARCH (TAG \"a\") MIN 2 MAX 4 COUNT 3 ALL 2:4"
        ),
        ("UID SEARCH RETURN () UNSEEN", "* ESEARCH (TAG \"a\") UID ALL 2:4"),
        ("SEARCH RETURN (COUNT MIN) DELETED", "* ESEARCH (TAG \"a\") COUNT 0"),
        ("SEARCH RETURN (ALL) DELETED", "* ESEARCH (TAG \"a\")"),
        ("SEARCH DELETED", "* SEARCH"),
        ("UID SEARCH 2", "* SEARCH 2"),
    ])
    func resultsAreToldAsAsked(_ command: String, _ expected: String) throws {
        let client = try Self.client()
        #expect(client.text("a \(command)") == expected + "\r\na OK SEARCH completed\r\n")
    }

    @Test func modSeqIsThatOfWhatIsTold() throws {
        let client = try Self.client()
        client.send("b STORE 2 +FLAGS.SILENT (\\Answered)")
        client.send("c STORE 3 +FLAGS.SILENT (\\Answered)")
        let all = client.text("a SEARCH MODSEQ 1")
        #expect(all.contains("* OK [HIGHESTMODSEQ "))
        let highest = try #require(Self.modSeq(all))
        let first = try #require(Self.modSeq(client.text("a SEARCH RETURN (MIN) MODSEQ 1")))
        let ends = try #require(Self.modSeq(client.text("a SEARCH RETURN (MIN MAX) 1:2 MODSEQ 1")))
        let count = try #require(Self.modSeq(client.text("a SEARCH RETURN (MIN COUNT) MODSEQ 1")))
        #expect(first < ends && ends < highest && count == highest)
        #expect(Self.found(client.text("a SEARCH MODSEQ \(highest)")).hasPrefix("3"))
    }

    private static func modSeq(_ answer: String) -> Int? {
        guard let start = answer.firstRange(of: "MODSEQ ", after: "SEARCH") else { return nil }
        return Int(answer[start...].prefix { $0.isNumber })
    }

    // MARK: RFC 5182

    @Test func resultsAreSavedAndUsed() throws {
        let client = try Self.client()
        #expect(client.text("a SEARCH RETURN (SAVE) UNSEEN") == "a OK SEARCH completed\r\n")
        #expect(client.text("b FETCH $ (UID)").hasPrefix("* 2 FETCH (UID 2)\r\n* 3 FETCH"))
        #expect(Self.found(client.text("c SEARCH $ FLAGGED")) == "2")
        #expect(Self.found(client.text("d UID SEARCH UID $ UNFLAGGED")) == "3 4")
        client.send("e SEARCH RETURN (SAVE MIN MAX) ALL")
        #expect(Self.found(client.text("f SEARCH $")) == "1 4")
        client.send("g SEARCH RETURN (SAVE MIN COUNT) ALL")
        #expect(Self.found(client.text("h SEARCH $")) == "1 2 3 4")
        // NO to a command that does not save changes nothing; NO to one that does leaves nothing.
        client.send("i SEARCH CHARSET X-NOBODY ALL")
        #expect(Self.found(client.text("j SEARCH $")) == "1 2 3 4")
        client.send("k SEARCH RETURN (SAVE) CHARSET X-NOBODY ALL")
        #expect(Self.found(client.text("l SEARCH $")) == "")
        #expect(client.text("m FETCH $ (UID)") == "m OK FETCH completed\r\n")
    }

    // MARK: Others

    @Test func expungedMessagesAreNotFound() throws {
        let store = try TemporaryStore()
        let first = try ByteClient(store, Self.mail, sessionID: 1)
        let second = try ByteClient(store, sessionID: 2)
        first.send("a STORE 1,4 +FLAGS.SILENT (\\Deleted)")
        first.send("b EXPUNGE")
        #expect(Self.found(second.text("a SEARCH ALL")) == "2 3")
        #expect(Self.found(second.text("b SEARCH TEXT e")) == "2 3")
        #expect(Self.found(second.text("c SEARCH BODY hello")) == "")
    }

    @Test func rowsAreSearchedAtOnceAndTextsByAJob() throws {
        let client = try Self.client()
        client.send("a SEARCH UNSEEN LARGER 1")
        #expect(client.jobs == 0)
        client.send("b SEARCH SENTSINCE 1-Jan-2000")
        client.send("c SEARCH BODY x")
        #expect(client.jobs == 2)
        // Nothing can match, so nothing is read.
        client.send("d SEARCH DELETED UNDELETED BODY x")
        #expect(client.jobs == 2 || client.jobs == 3)
    }

    @Test func aSearchThatTakesTooLongIsGivenUp() throws {
        var limits = SessionLimits()
        limits.searchSeconds = 0
        let client = try Self.client(limits: limits)
        #expect(client.text("a SEARCH BODY hello").hasPrefix("a NO [LIMIT] "))
        #expect(Self.found(client.text("b SEARCH UNSEEN")) == "2 3 4")
    }

    /// Messages are looked at many at a time; that must not show, whatever decides each of them.
    @Test func manyMessagesAreSearchedAsEachAlone() throws {
        let store = try TemporaryStore()
        let numbers = 1...203
        let mail = numbers.map { number in
            // One field in nine is too long to be kept, so that the message itself is read.
            let padding = number % 9 == 0 ? String(repeating: "x", count: 5000) : ""
            return Array("Subject: n\(number % 7)\r\nCc: \(padding)\r\n\r\ntext\r\n".utf8)
        }
        let flags = numbers.map { $0 % 5 == 0 ? FlagSet(system: .seen) : FlagSet() }
        let client = try ByteClient(store, mail, flags: flags)
        client.send("x STORE 17,18,54:59 +FLAGS.SILENT (\\Deleted)")
        client.send("x EXPUNGE")
        let left = numbers.filter { ![17, 18].contains($0) && !(54...59).contains($0) }
        let questions: [(keys: String, holds: (Int) -> Bool)] = [
            ("SUBJECT n3", { $0 % 7 == 3 }), ("UNSEEN SUBJECT N3", { $0 % 5 != 0 && $0 % 7 == 3 }),
            ("OR SEEN SUBJECT n3", { $0 % 5 == 0 || $0 % 7 == 3 }),
            ("NOT SUBJECT n3", { $0 % 7 != 3 }), ("SUBJECT n3 SUBJECT 3", { $0 % 7 == 3 }),
            ("LARGER 1000 SUBJECT n2", { $0 % 9 == 0 && $0 % 7 == 2 }),
            ("OR (UID 10:60 SUBJECT n1) BODY absent", { (10...60).contains($0) && $0 % 7 == 1 }),
        ]
        for (keys, holds) in questions {
            let expected = left.filter(holds).map(String.init).joined(separator: " ")
            #expect(Self.found(client.text("a UID SEARCH \(keys)")) == expected, "\(keys)")
        }
    }

    @Test func aLongAnswerPassesThroughASmallBuffer() throws {
        let store = try TemporaryStore()
        let mail = Array(repeating: Array("A: b\r\n\r\nc".utf8), count: 500)
        let free = try ByteClient(store, mail, sessionID: 1)
        var limits = SessionLimits()
        limits.outHighWaterBytes = 100
        let slow = try ByteClient(store, limits: limits, sessionID: 2)
        #expect(slow.send("a SEARCH MODSEQ 1 UNSEEN") == free.send("a SEARCH MODSEQ 1 UNSEEN"))
        #expect(slow.mostWaiting < 200 && slow.pauses > 10)
    }

    @Test func damagedMessagesAreNotFoundAndKeepNoOtherFromBeingFound() throws {
        let store = try TemporaryStore()
        let client = try ByteClient(store, Self.mail)
        try client.append([Array("Subject: x\r\n\r\nhello again\r\n".utf8)])
        client.send("n NOOP")
        try store.cutBody(ofUID: 5)
        let answer = client.text("a SEARCH BODY hello")
        #expect(Self.found(answer) == "1 4")
        #expect(answer.contains("a OK SEARCH completed; some messages cannot be read"))
        #expect(Self.found(client.text("b SEARCH SUBJECT x")) == "5")
    }
}

extension String {
    fileprivate func trimmingCharacters(_ character: Character) -> String {
        var text = self[...]
        while text.first == character { text = text.dropFirst() }
        while text.last == character { text = text.dropLast() }
        return String(text)
    }

    /// Where the last `text` behind `mark` ends.
    fileprivate func firstRange(of text: String, after mark: String) -> String.Index? {
        guard let start = self.firstRange(of: mark) else { return nil }
        return self[start.upperBound...].firstRange(of: text)?.upperBound
    }
}
