import Foundation
import IMAPCodec
import IMAPSession
import MailModel
import MailboxStore
import Synchronization
import Testing

@Suite("FETCH over a real store")
struct FetchTests {
    private static let plain = Array(
        ("Date: Mon, 7 Feb 1994 21:52:25 -0800\r\nFrom: Fred <fred@example.com>\r\n"
            + "Subject: hi\r\nX-Odd: 1\r\n\r\nHello\r\nWorld\r\n").utf8)

    private static let mixed = Array(
        """
        Subject: mixed\r
        Content-Type: multipart/mixed; boundary=b\r
        \r
        --b\r
        \r
        text\r
        --b\r
        Content-Type: application/octet-stream\r
        Content-Transfer-Encoding: base64\r
        \r
        AAECAw==\r
        --b\r
        Content-Type: message/rfc822\r
        \r
        Subject: inner\r
        X-In: y\r
        \r
        inner text\r
        --b\r
        Content-Transfer-Encoding: rot13\r
        \r
        grkg\r
        --b--\r

        """.utf8)

    private static let everything =
        "(FLAGS INTERNALDATE RFC822.SIZE ENVELOPE BODY BODYSTRUCTURE UID MODSEQ EMAILID THREADID "
        + "SAVEDATE BODY.PEEK[] BODY.PEEK[HEADER] BODY.PEEK[TEXT] BODY.PEEK[1] BODY.PEEK[1.MIME] "
        + "BODY.PEEK[2.HEADER] BODY.PEEK[3.1] BODY.PEEK[HEADER.FIELDS (Subject From)] "
        + "BODY.PEEK[HEADER.FIELDS (X-Odd Received)] BODY.PEEK[HEADER.FIELDS.NOT (To)] "
        + "BODY.PEEK[]<3.40> BODY.PEEK[1]<0.7> RFC822.HEADER BINARY.PEEK[] BINARY.PEEK[1] "
        + "BINARY.SIZE[1] BINARY.PEEK[2]<1.9>)"

    private static func limits(_ highWaterBytes: Int) -> SessionLimits {
        var limits = SessionLimits()
        limits.outHighWaterBytes = highWaterBytes
        return limits
    }

    // MARK: Items

    @Test func eachItemIsTold() throws {
        let client = try ByteClient(
            TemporaryStore(), [Self.plain], flags: [FlagSet(system: .flagged)])
        let answer = client.send("a FETCH 1 \(Self.everything)")
        let (messages, lines) = try FetchedMessage.read(answer)
        let message = try #require(messages.first)
        #expect(messages.count == 1 && lines.last == "a OK FETCH completed")
        #expect(message.number == 1 && message.items["UID"] == .atom("1"))
        #expect(message.items["FLAGS"] == .list([.atom("\\Flagged"), .atom("\\Recent")]))
        #expect(message.bytes("INTERNALDATE") == Array("14-Nov-2023 23:13:20 +0100".utf8))
        #expect(message.items["RFC822.SIZE"] == .atom(String(Self.plain.count)))
        #expect(message.items["THREADID"] == .null)
        #expect(message.bytes("BODY[]") == Self.plain)
        #expect(message.bytes("BINARY[]") == Self.plain)
        #expect(message.bytes("BODY[TEXT]") == Array("Hello\r\nWorld\r\n".utf8))
        #expect(message.bytes("BODY[1]") == Array("Hello\r\nWorld\r\n".utf8))
        #expect(message.bytes("BODY[1]<0>") == Array("Hello\r\n".utf8))
        #expect(
            message.bytes("BODY[HEADER.FIELDS (Subject From)]")
                == Array("From: Fred <fred@example.com>\r\nSubject: hi\r\n\r\n".utf8))
        #expect(
            message.bytes("BODY[HEADER.FIELDS (X-Odd Received)]")
                == Array("X-Odd: 1\r\n\r\n".utf8))
        #expect(message.items["BODY[2.HEADER]"] == .null && message.items["BODY[3.1]"] == .null)
        #expect(message.items["BINARY.SIZE[1]"] == .atom("14"))
        #expect(message.bytes("RFC822.HEADER") == message.bytes("BODY[HEADER]"))
    }

    @Test func partsAreFoundAndDecoded() throws {
        let client = try ByteClient(TemporaryStore(), [Self.mixed])
        let answer = client.send(
            "a FETCH 1 (BODY.PEEK[1] BODY.PEEK[2.MIME] BINARY.PEEK[2] BINARY.SIZE[2] "
                + "BODY.PEEK[3.HEADER.FIELDS (X-In)] BODY.PEEK[3.TEXT] BODY.PEEK[3.1] BINARY.SIZE[9])"
        )
        let (messages, lines) = try FetchedMessage.read(answer)
        let message = try #require(messages.first)
        #expect(lines == ["a OK FETCH completed"])
        #expect(message.bytes("BODY[1]") == Array("text".utf8))
        #expect(message.bytes("BINARY[2]") == [0, 1, 2, 3])
        #expect(String(decoding: answer, as: UTF8.self).contains("BINARY[2] ~{4}"))
        #expect(message.items["BINARY.SIZE[2]"] == .atom("4"))
        #expect(message.items["BINARY.SIZE[9]"] == .atom("0"))
        #expect(
            message.bytes("BODY[3.HEADER.FIELDS (X-In)]") == Array("X-In: y\r\n\r\n".utf8))
        #expect(message.bytes("BODY[3.TEXT]") == Array("inner text".utf8))
        #expect(message.bytes("BODY[3.1]") == Array("inner text".utf8))
    }

    @Test func anUnknownTransferEncodingIsNamed() throws {
        let client = try ByteClient(TemporaryStore(), [Self.mixed, Self.plain])
        let answer = client.send("a FETCH 1:2 (UID BINARY.PEEK[4] BINARY.SIZE[4])")
        let (messages, lines) = try FetchedMessage.read(answer)
        #expect(messages.map(\.number) == [1, 2])
        #expect(messages[0].items.keys.sorted() == ["UID"])
        #expect(messages[1].items["BINARY[4]"] == .null)
        #expect(lines.last?.hasPrefix("a NO [UNKNOWN-CTE] ") == true)
    }

    @Test func partialsGiveWhatThereIs() throws {
        let message = Array("Subject: 1\r\nTo: x\r\n\r\nabcdefghijklmnopqr".utf8)
        let size = UInt64(message.count)
        let client = try ByteClient(TemporaryStore(), [message])
        let offsets = [0, 1, 37, 38, 39, 40, 41, 1_000_000, UInt64(Int64.max)]
        let counts = [1, 2, 38, 39, 40, 41, 4_294_967_295, UInt64(Int64.max)]
        try #require(size == 39)
        for (offset, count) in offsets.flatMap({ offset in counts.map { (offset, $0) } }) {
            let start = min(offset, size)
            let expected = Array(message[Int(start)..<Int(start + min(count, size - start))])
            for item in ["BODY.PEEK[]", "BINARY.PEEK[]"] {
                let answer = client.send("a FETCH 1 \(item)<\(offset).\(count)>")
                let (messages, _) = try FetchedMessage.read(answer)
                let name = item.replacing(".PEEK", with: "") + "<\(offset)>"
                #expect(messages.first?.bytes(name) == expected, "\(offset).\(count)")
            }
        }
    }

    @Test(arguments: [
        ("FETCH 2 FLAGS", "a BAD "), ("FETCH 1:2 FLAGS", "a BAD "),
        ("UID FETCH 2:9 FLAGS", "a OK "), ("FETCH * (UID)", "* 1 FETCH (UID 1)\r\na OK "),
        ("UID FETCH 1 FAST", "* 1 FETCH (UID 1 FLAGS (\\Recent) INTERNALDATE "),
        ("FETCH 1 (RFC822.SIZE)", "* 1 FETCH (RFC822.SIZE 108)\r\na OK "),
        ("UID FETCH 3:* (UID)", "* 1 FETCH (UID 1)\r\na OK "),
    ])
    func numbersAreJudged(_ command: String, _ expected: String) throws {
        let client = try ByteClient(TemporaryStore(), [Self.plain])
        let answer = client.text("a \(command)")
        #expect(answer.hasPrefix(expected), "\(answer)")
    }

    @Test func anEmptyMailboxHasNoMessageToFetch() throws {
        let client = try ByteClient(TemporaryStore())
        #expect(client.text("a FETCH 1:* FLAGS").hasPrefix("a BAD "))
        #expect(client.text("a UID FETCH 1:* FLAGS").hasPrefix("a OK "))
    }

    // MARK: Seen

    @Test func readingABodySetsSeenAndShowsIt() throws {
        let client = try ByteClient(
            TemporaryStore(), [Self.plain, Self.plain],
            flags: [FlagSet(), FlagSet(system: .seen)])
        let (messages, lines) = try FetchedMessage.read(client.send("a FETCH 1:2 (BODY[TEXT])"))
        #expect(messages[0].items["FLAGS"] == .list([.atom("\\Seen"), .atom("\\Recent")]))
        #expect(messages[1].items["FLAGS"] == nil)
        #expect(lines == ["a OK FETCH completed"])
        // Told once.
        #expect(client.text("b NOOP") == "b OK NOOP completed\r\n")
        #expect(client.changes == 1)
        client.send("c FETCH 1:2 (BODY[TEXT])")
        #expect(client.changes == 1)
        #expect(client.text("d FETCH 1 (FLAGS)").hasPrefix("* 1 FETCH (FLAGS (\\Seen \\Recent))"))
    }

    @Test(arguments: [
        ("RFC822", true), ("RFC822.TEXT", true), ("BINARY[1]", true), ("BODY[HEADER]", true),
        ("RFC822.HEADER", false), ("BODY.PEEK[]", false), ("BINARY.PEEK[1]", false),
        ("BINARY.SIZE[1]", false), ("ENVELOPE", false),
    ])
    func onlySomeItemsSetSeen(_ item: String, _ isSeen: Bool) throws {
        let client = try ByteClient(TemporaryStore(), [Self.plain])
        client.send("a FETCH 1 (\(item))")
        #expect(client.text("b FETCH 1 (FLAGS)").contains("\\Seen") == isSeen)
    }

    @Test func examineSetsNothing() throws {
        let client = try ByteClient(TemporaryStore(), [Self.plain], select: "EXAMINE INBOX")
        client.send("a FETCH 1 (BODY[])")
        #expect(client.changes == 0)
        #expect(!client.text("b FETCH 1 (FLAGS)").contains("\\Seen"))
    }

    @Test func manyMessagesGetSeenInChunks() throws {
        let client = try ByteClient(
            TemporaryStore(), Array(repeating: Array("A: b\r\n\r\nc".utf8), count: 2500))
        let (messages, _) = try FetchedMessage.read(client.send("a UID FETCH 1:* (BODY[TEXT])"))
        #expect(messages.count == 2500 && client.changes == 3)
        #expect(messages.allSatisfy { $0.items["FLAGS"] != nil && $0.items["UID"] != nil })
    }

    // MARK: Mod-sequences

    @Test func changedSinceLeavesOutWhatIsOld() throws {
        let client = try ByteClient(TemporaryStore(), [Self.plain, Self.plain, Self.plain])
        let (before, _) = try FetchedMessage.read(client.send("a FETCH 3 (MODSEQ)"))
        guard case .list(let value) = before.first?.items["MODSEQ"],
            case .atom(let modSeq) = value.first
        else { throw ByteClient.Failure(what: "no MODSEQ") }
        client.send("b STORE 2 +FLAGS.SILENT (\\Flagged)")
        let (after, _) = try FetchedMessage.read(
            client.send("c UID FETCH 1:* (FLAGS) (CHANGEDSINCE \(modSeq))"))
        #expect(after.map(\.number) == [2])
        #expect(after.first?.items.keys.sorted() == ["FLAGS", "MODSEQ", "UID"])
        // A body that is not told is not read either.
        client.send("d UID FETCH 1:* (BODY[TEXT]) (CHANGEDSINCE \(modSeq))")
        let seen = client.text("e FETCH 1:* (FLAGS)").split(separator: "\r\n").map {
            $0.contains("\\Seen")
        }
        #expect(seen == [false, true, false, false])
    }

    // MARK: Expunged messages

    @Test func expungedMessagesAreServedUntilTold() throws {
        let store = try TemporaryStore()
        let first = try ByteClient(store, Array(repeating: Self.plain, count: 5), sessionID: 1)
        let second = try ByteClient(store, sessionID: 2)
        first.send("a STORE 1,3,5 +FLAGS.SILENT (\\Deleted)")
        second.send("a NOOP")
        first.send("b EXPUNGE")
        let (messages, lines) = try FetchedMessage.read(
            second.send("a FETCH 1:5 (UID FLAGS BODY[])"))
        #expect(messages.map(\.number) == [1, 2, 3, 4, 5])
        #expect(messages.allSatisfy { $0.bytes("BODY[]") == Self.plain })
        #expect(lines.last == "a OK FETCH completed" && !lines.contains("* 1 EXPUNGE"))
        #expect(second.text("b NOOP").hasPrefix("* 1 EXPUNGE\r\n* 2 EXPUNGE\r\n* 3 EXPUNGE\r\n"))
        // Only living ones were marked.
        let flags = second.text("c FETCH 1:2 (FLAGS)")
        #expect(flags.contains("* 1 FETCH (FLAGS (\\Seen))\r\n* 2 FETCH (FLAGS (\\Seen))\r\n"))
    }

    @Test(
        arguments: [
            (.serveGhosts, "* 1 FETCH|* 2 FETCH|* 3 FETCH|a OK "),
            (.fetchRemaining, "* 1 FETCH|* 3 FETCH|a NO [EXPUNGEISSUED] "),
            (.answerNIL, "* 1 FETCH|* 3 FETCH|* 2 FETCH|a OK "),
        ] as [(PolicyAnswer, String)])
    func policyDecidesOverExpungedMessages(_ answer: PolicyAnswer, _ expected: String) throws {
        let store = try TemporaryStore(policy: PolicyLayer([answer]))
        let first = try ByteClient(store, Array(repeating: Self.plain, count: 3), sessionID: 1)
        let second = try ByteClient(store, sessionID: 2)
        first.send("a STORE 2 +FLAGS.SILENT (\\Deleted)")
        second.send("a NOOP")
        first.send("b EXPUNGE")
        let (messages, lines) = try FetchedMessage.read(
            second.send("a FETCH 1:3 (FLAGS RFC822.SIZE ENVELOPE BODYSTRUCTURE BODY.PEEK[])"))
        let starts = expected.split(separator: "|")
        let answers = messages.map { "* \($0.number) FETCH" } + lines
        #expect(answers.count == starts.count)
        #expect(zip(answers, starts).allSatisfy { $0.hasPrefix($1) }, "\(answers)")
        if answer == .answerNIL, let gone = messages.first(where: { $0.number == 2 }) {
            #expect(gone.items["FLAGS"] == .list([]) && gone.bytes("BODY[]") == [])
        }
    }

    // MARK: Damage

    @Test func aBodyThatIsGoneIsNILAndTheOthersAreTold() throws {
        let store = try TemporaryStore()
        let client = try ByteClient(store, [Self.plain])
        let large = [UInt8](repeating: 65, count: 3000)
        try client.append([large])
        client.send("n NOOP")
        try store.cutBody(ofUID: 2)
        let (messages, lines) = try FetchedMessage.read(
            client.send("a FETCH 1:2 (UID ENVELOPE BODY.PEEK[] BODY.PEEK[1])"))
        #expect(messages.map(\.number) == [1, 2])
        #expect(messages[0].bytes("BODY[]") == Self.plain)
        #expect(messages[1].items["BODY[]"] == .null && messages[1].items["BODY[1]"] == .null)
        #expect(messages[1].items["UID"] == .atom("2") && messages[1].items["ENVELOPE"] != nil)
        #expect(lines.last?.hasPrefix("a NO [CORRUPTION] ") == true)
    }

    @Test func aBodyThatBreaksInTheMidstOfItsLiteralEndsTheConnection() throws {
        let store = try TemporaryStore()
        let client = try ByteClient(
            store, [[UInt8](repeating: 65, count: 600_000)], limits: Self.limits(10_000))
        client.whenPaused = { if $0 == 3 { try store.cutBody(ofUID: 1) } }
        let answer = client.send("a FETCH 1 (BODY.PEEK[])")
        #expect(client.isClosed && !String(decoding: answer, as: UTF8.self).contains("a NO"))
        #expect(answer.count < 300_100 && answer.last == 65)
    }

    @Test func aShutdownPutsNothingIntoALiteral() throws {
        let client = try ByteClient(
            TemporaryStore(), [[UInt8](repeating: 65, count: 100_000)], limits: Self.limits(10_000))
        client.whenPaused = { [weak client] in if $0 == 3 { client?.receive(.shutdown) } }
        let answer = client.send("a FETCH 1 (BODY.PEEK[])")
        #expect(client.isClosed && !String(decoding: answer, as: UTF8.self).contains("BYE"))
    }

    // MARK: Pauses

    @Test(arguments: [1, 64, 1000, 65_536])
    func pausesChangeNothing(_ highWaterBytes: Int) throws {
        let store = try TemporaryStore()
        let messages = [Self.plain, Self.mixed, [], Self.plain + Array(repeating: 66, count: 5000)]
        let free = try ByteClient(store, messages, sessionID: 1)
        let expected = free.send("a UID FETCH 1:* \(Self.everything)")
        let slow = try ByteClient(
            store, limits: Self.limits(highWaterBytes), sessionID: 2, select: "EXAMINE INBOX")
        #expect(
            Self.withoutRecent(slow.send("a UID FETCH 1:* \(Self.everything)"))
                == Self.withoutRecent(expected))
        #expect(slow.mostWaiting < highWaterBytes + 4096)
    }

    private static func withoutRecent(_ bytes: [UInt8]) -> String {
        String(decoding: bytes, as: UTF8.self)
            .replacing(" \\Recent", with: "").replacing("\\Recent", with: "")
    }

    @Test func aLargeBodyPassesThroughASmallBuffer() throws {
        let body =
            Array("A: b\r\n\r\n".utf8)
            + (0..<5_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7) | 1 }
        let client = try ByteClient(TemporaryStore(), [body], limits: Self.limits(64 << 10))
        let (messages, _) = try FetchedMessage.read(client.send("a FETCH 1 (BODY.PEEK[])"))
        #expect(messages.first?.bytes("BODY[]") == body)
        #expect(client.mostWaiting <= 65 << 10 && client.pauses > 70)
        // Its structure is made once, off the event loop.
        for offset in [0, 65_536, 131_072] {
            let answer = client.send("b FETCH 1 (BODY.PEEK[1]<\(offset).65536>)")
            let piece = try FetchedMessage.read(answer).messages.first?.bytes("BODY[1]<\(offset)>")
            #expect(piece == Array(body[(8 + offset)..<(8 + offset + 65_536)]))
        }
        #expect(client.jobs == 1)
    }

    // MARK: Decoded parts

    /// Part 1, in base64, that decodes to three quarters of `encodedBytes`.
    private static func encoded(_ encodedBytes: Int) -> (message: [UInt8], decoded: [UInt8]) {
        let group = Array("QUJD".utf8)
        let body = [UInt8](repeatElement(group, count: encodedBytes / 4).joined())
        return (
            Array("Content-Transfer-Encoding: base64\r\n\r\n".utf8) + body,
            [UInt8](repeatElement(Array("ABC".utf8), count: encodedBytes / 4).joined())
        )
    }

    @Test func aDecodedPartPassesThroughASmallBuffer() throws {
        let (message, decoded) = Self.encoded(4_000_000)
        let client = try ByteClient(TemporaryStore(), [message], limits: Self.limits(64 << 10))
        let answer = client.send(
            "a FETCH 1 (BINARY.SIZE[1] BINARY.PEEK[1] BINARY.PEEK[1]<2999990.100> "
                + "BINARY.PEEK[1]<1.3> BINARY.PEEK[1]<3000000.1>)")
        let (messages, lines) = try FetchedMessage.read(answer)
        let items = try #require(messages.first)
        #expect(lines == ["a OK FETCH completed"])
        #expect(items.items["BINARY.SIZE[1]"] == .atom("3000000"))
        #expect(items.bytes("BINARY[1]") == decoded)
        #expect(items.bytes("BINARY[1]<2999990>") == Array(decoded.suffix(10)))
        #expect(items.bytes("BINARY[1]<1>") == Array("BCA".utf8))
        #expect(items.bytes("BINARY[1]<3000000>") == [])
        #expect(client.mostWaiting <= 65 << 10 && client.pauses > 40)
    }

    /// DESIGN invariant 7.
    @Test func whatIsAskedForIsNotHeldAllAtOnce() throws {
        let (message, _) = Self.encoded(8_000_000)
        let client = try ByteClient(TemporaryStore(), [message], limits: Self.limits(64 << 10))
        let before = try Self.anonymousBytes()
        var most = 0
        client.whenPaused = { [weak client] in
            guard $0 == 3 else { return }
            most = try Self.anonymousBytes()
            client?.receive(.connectionClosed)
        }
        let items = (0..<100).map { "BINARY.PEEK[1]<\($0).60000000>" }.joined(separator: " ")
        client.send("a FETCH 1 (\(items))")
        // All of them would be 600 MB.
        #expect(most > 0 && most - before < 400_000_000)
    }

    @Test func aJobOfAConnectionThatIsGoneEnds() throws {
        let (message, _) = Self.encoded(8_000_000)
        let client = try ByteClient(TemporaryStore(), [message])
        let asked = Mutex(0)
        client.isCancelled = {
            asked.withLock {
                $0 += 1
                return $0 > 2
            }
        }
        client.send("a FETCH 1 (BINARY.SIZE[1])")
        #expect(asked.withLock { $0 } == 3)
    }

    private static func anonymousBytes() throws -> Int {
        let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }
        let kilobytes = line?.split(whereSeparator: { $0 == " " || $0 == "\t" }).dropFirst().first
        return (kilobytes.flatMap { Int($0) } ?? 0) * 1024
    }

    // MARK: Many items

    @Test func manyItemsOfManyMessagesAreToldInTurns() throws {
        let client = try ByteClient(TemporaryStore(), Array(repeating: Self.plain, count: 50))
        for items in [
            (1...2000).map { "BODY.PEEK[\($0)]" }, (1...2000).map { "BODY.PEEK[TEXT]<\($0).5>" },
            (1...1000).map { "BODY.PEEK[HEADER.FIELDS (a\($0))]" },
        ] {
            let before = client.pauses
            let answer = client.send("a FETCH 1:* (\(items.joined(separator: " ")))")
            let (messages, _) = try FetchedMessage.read(answer)
            #expect(messages.count == 50 && messages[0].items.count == items.count)
            #expect(client.pauses - before >= 20)
            #expect(client.mostWaiting <= 300 << 10)
        }
    }

    // MARK: The corpus

    @Test(arguments: ["generated-nasty", "mime4j", "crymap"])
    func nastyMailGetsWellFormedAnswers(_ folder: String) throws {
        guard let mail = Corpus.folder(folder) else { return }
        let store = try TemporaryStore()
        let client = try ByteClient(store, mail.map(\.bytes), sessionID: 1)
        let (messages, lines) = try FetchedMessage.read(
            client.send("a FETCH 1:* \(Self.everything)"))
        #expect(messages.count == mail.count)
        #expect(
            lines.last == "a OK FETCH completed"
                || lines.last?.hasPrefix("a NO [UNKNOWN-CTE] ") == true)
        for (message, source) in zip(messages, mail) {
            #expect(message.bytes("BODY[]") == source.bytes, "\(source.file)")
            let header = message.bytes("BODY[HEADER]") ?? []
            let text = message.bytes("BODY[TEXT]") ?? []
            #expect(header + text == source.bytes, "\(source.file)")
            let kept = message.bytes("BODY[HEADER.FIELDS (Subject From)]") ?? []
            #expect(kept.suffix(2) == [13, 10], "\(source.file)")
        }
        let slow = try ByteClient(
            store, limits: Self.limits(700), sessionID: 2, select: "EXAMINE INBOX")
        let items =
            "(UID BODY BODYSTRUCTURE BODY.PEEK[HEADER.FIELDS (Subject X-Odd)] BODY.PEEK[1] "
            + "BINARY.PEEK[1] BODY.PEEK[TEXT]<0.2000>)"
        #expect(slow.send("a FETCH 1:* \(items)") == client.send("a FETCH 1:* \(items)"))
    }
}
