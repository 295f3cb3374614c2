import IMAPCodec
import MailModel
import NIOCore
import Testing

private let noop = Heard.command(TaggedCommand(tag: "z", command: .noop))

/// Literals, and how the decoder stays in step whatever becomes of them.
@Suite struct LiteralTests {
    @Test func aSynchronisingLiteralIsAnswered() {
        var listener = Listener()
        listener.feed("a SELECT {5}\r\n")
        #expect(listener.heard == [.continuation])
        listener.feed("INBOX\r\n")
        #expect(listener.heard.count == 2)
    }

    @Test func aNonSynchronisingLiteralIsNotAnswered() {
        #expect(hear("a SELECT {5+}\r\nINBOX\r\n").count == 1)
    }

    @Test(arguments: ["a SELEKT x {3+}\r\n", "a NOOP {3+}\r\n", "a LOGIN \"x {3+}\r\n", "{3+}\r\n"])
    func nonSynchronisingLiteralsOfABadCommandAreSkipped(start: String) {
        let heard = hear(start + "b N {1+}\r\nx\r\nz NOOP\r\n")
        #expect(heard.count == 2)
        #expect(heard.last == noop)
    }

    @Test(arguments: [
        "a SELEKT {3}\r\n", "a NOOP {3}\r\n", "a LOGIN \"x {3}\r\n", "a FETCH {1}\r\n",
    ])
    func synchronisingLiteralsOfABadCommandAreNotAskedFor(start: String) {
        let heard = hear(start + "z NOOP\r\n")
        #expect(heard.count == 2)
        #expect(heard.last == noop)
    }

    @Test func aMessageThatIsWaitedForIsAskedFor() {
        var listener = Listener()
        listener.feed("a APPEND b {2}\r\n")
        let header = AppendHeader(mailbox: mailbox("b"), sizeBytes: 2, isSynchronising: true)
        #expect(listener.heard == [.began("a", header), .continuation])
        listener.feed("xy")
        #expect(listener.heard.last == .message(Array("xy".utf8)))
        listener.feed("\r\n")
        #expect(listener.heard.last == .ended("a"))
    }

    @Test func severalMessagesAreOneAppend() throws {
        let heard = hear("a APPEND b (\\Seen) {1+}\r\nx ($F) ~{2+}\r\n\u{0}y\r\nz NOOP\r\n")
        #expect(
            heard == [
                .began(
                    "a",
                    AppendHeader(
                        mailbox: mailbox("b"), flags: FlagSet(system: .seen), sizeBytes: 1,
                        isSynchronising: false)),
                .message(Array("x".utf8)),
                .began(
                    "a",
                    AppendHeader(
                        mailbox: mailbox("b"), flags: FlagSet(keywords: keyword("$F")),
                        isBinary: true, sizeBytes: 2, isSynchronising: false, messageIndex: 1)),
                .message(Array("\u{0}y".utf8)), .ended("a"), noop,
            ])
    }

    @Test func aRefusedMessageThatIsWaitedForIsNotSent() {
        var listener = Listener()
        listener.accepts = false
        listener.feed("a APPEND b {2}\r\nz NOOP\r\n")
        #expect(listener.heard.count == 2)
        #expect(listener.heard.last == noop)
    }

    @Test func aRefusedMessageThatIsSentIsSkippedWithTheRestOfItsCommand() {
        var listener = Listener()
        listener.accepts = false
        listener.feed("a APPEND b {9+}\r\nz NOOP\r\n\r (\\Seen) {3+}\r\nx\r\n\r\nz NOOP\r\n")
        #expect(listener.heard.count == 2)
        #expect(listener.heard.last == noop)
    }

    @Test func aBadTailEndsTheAppendWithItsTag() {
        let heard = hear("a APPEND b {1+}\r\nxjunk {2+}\r\nyy\r\nz NOOP\r\n")
        guard case .failed(let failure) = heard[2] else {
            Issue.record("no failure")
            return
        }
        #expect(failure.tag == "a" && !failure.mustClose)
        #expect(heard.last == noop)
    }

    @Test func aMessageOverTheLimitIsRefusedBeforeItIsSent() {
        var limits = ParserLimits.afterLogin
        limits.appendBytes = 10
        #expect(hear("a APPEND b {10}\r\n", limits: limits).last == .continuation)
        let heard = hear("a APPEND b {11}\r\nz NOOP\r\n", limits: limits)
        #expect(heard.count == 2 && heard.last == noop)
        guard case .failed(let failure) = heard[0] else { return }
        #expect(failure.condition == .no && failure.code == .tooBig && failure.tag == "a")
    }

    @Test func aMessageOverTheLimitThatIsSentIsSkippedOrEndsTheConnection() {
        var limits = ParserLimits.afterLogin
        limits.appendBytes = 3
        limits.discardedAppendBytes = 8
        #expect(hear("a APPEND b {8+}\r\n12345678\r\nz NOOP\r\n", limits: limits).last == noop)
        let heard = hear("a APPEND b {9+}\r\n123456789\r\nz NOOP\r\n", limits: limits)
        #expect(heard.count == 1)
        guard case .failed(let failure) = heard[0] else { return }
        #expect(failure.mustClose && failure.code == .tooBig)
    }

    @Test func theBytesOfAMessageAreHandedOnAsTheyCome() {
        var decoder = CommandDecoder(limits: .afterLogin)
        var buffer = ByteBuffer(string: "a APPEND b {1000000}\r\n")
        _ = decoder.next(from: &buffer)
        decoder.acceptAppendLiteral()
        _ = decoder.next(from: &buffer)
        for _ in 0..<1000 {
            buffer.clear()
            buffer.writeRepeatingByte(0x61, count: 1000)
            guard case .appendBytes(let slice)? = decoder.next(from: &buffer) else {
                Issue.record("no bytes")
                return
            }
            #expect(slice.readableBytes == 1000 && buffer.readableBytes == 0)
        }
    }

    @Test func nothingComesBeforeAnAppendIsAnswered() {
        var decoder = CommandDecoder(limits: .afterLogin)
        var buffer = ByteBuffer(string: "a APPEND b {1+}\r\nx\r\n")
        guard case .appendBegan? = decoder.next(from: &buffer) else {
            Issue.record("not announced")
            return
        }
        let isSilent = decoder.next(from: &buffer) == nil
        #expect(isSilent)
    }

    @Test func rawLinesAreGivenAsTheyAre() {
        #expect(
            hear("a IDLE\r\nDONE\r\nz NOOP\r\n")
                == [
                    .command(TaggedCommand(tag: "a", command: .idle)), .line(Array("DONE".utf8)),
                    noop,
                ])
    }
}
