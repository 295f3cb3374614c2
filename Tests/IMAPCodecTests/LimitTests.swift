import IMAPCodec
import MailModel
import NIOCore
import Testing

private let noop = Heard.command(TaggedCommand(tag: "z", command: .noop))

/// S1–S5, S7 and S28 of the limits: at the limit, and one beyond.
@Suite struct LimitTests {
    /// "a SELECT " + name + CRLF of `count` bytes in all.
    private func line(_ count: Int) -> String {
        "a SELECT " + String(repeating: "x", count: count - 11) + "\r\n"
    }

    @Test(arguments: [ParserLimits.beforeLogin, .afterLogin])
    func s1LinesAreBounded(limits: ParserLimits) {
        guard case .command = hear(line(limits.lineBytes), limits: limits).first else {
            Issue.record("refused at the limit")
            return
        }
        let heard = hear(line(limits.lineBytes + 1) + "z NOOP\r\n", limits: limits)
        guard case .failed(let failure) = heard.first else {
            Issue.record("accepted beyond the limit")
            return
        }
        #expect(failure.tag == "a" && failure.mustClose == limits.closesOnLongLine)
        #expect(limits.closesOnLongLine ? heard.count == 1 : heard.last == noop)
    }

    @Test func s1ALineWithoutEndCostsNoMemory() {
        var listener = Listener()
        for _ in 0..<1000 { listener.feed(repeatElement(0x61, count: 1000)) }
        #expect(listener.heard.count == 1)
        #expect(listener.buffer.readableBytes <= 64)
        listener.feed(" {3+}\r\nz \r\r\nz NOOP\r\n")
        #expect(listener.heard.last == noop)
    }

    @Test func s2LiteralsAreBoundedEachAndTogether() {
        let limits = ParserLimits.afterLogin
        let whole = String(repeating: "x", count: limits.literalBytes)
        #expect(hear("a SEARCH TEXT {\(limits.literalBytes)}\r\n").last == .continuation)
        #expect(failure("a SEARCH TEXT {\(limits.literalBytes + 1)}")?.code == .tooBig)
        #expect(failure("a SEARCH TEXT {\(limits.literalBytes + 1)}")?.mustClose == false)
        let four = String(repeating: "TEXT {\(limits.literalBytes)+}\r\n\(whole) ", count: 4)
        guard case .command = hear("a SEARCH \(four)ALL\r\n").first else {
            Issue.record("refused at the limit")
            return
        }
        let heard = hear("a SEARCH \(four)TEXT {1+}\r\nx\r\nz NOOP\r\n")
        #expect(heard.count == 2 && heard.last == noop)
    }

    @Test func s2ManyLiteralsAreBounded() {
        let many = String(repeating: "TEXT {1+}\r\nx ", count: 10_000)
        let heard = hear("a SEARCH \(many)ALL\r\nz NOOP\r\n")
        guard case .failed(let first) = heard.first, case .failed(let last) = heard.last else {
            Issue.record("accepted")
            return
        }
        #expect(first.tag == "a" && first.code == .tooBig && !first.mustClose)
        #expect(heard.count == 2 && last.mustClose)
    }

    @Test func s2BeforeLoginOnlyLoginSendsLiterals() {
        let limits = ParserLimits.beforeLogin
        for start in ["a LOGIN", "a LOGIN x", "a ID ("] {
            #expect(
                hear(start + " {5}\r\n".dropFirst(start.hasSuffix("(") ? 1 : 0), limits: limits)
                    .last == .continuation)
        }
        for start in ["a SELECT", "a SEARCH TEXT", "a APPEND", "a APPEND b"] {
            #expect(failure(start + " {5}", limits: limits) != nil)
            let heard = hear(start + " {5+}\r\nINBOX\r\nz NOOP\r\n", limits: limits)
            #expect(heard.count == 2 && heard.last == noop)
        }
        #expect(hear("a LOGIN {8192}\r\n", limits: limits).last == .continuation)
        #expect(failure("a LOGIN {8193}", limits: limits)?.code == .tooBig)
    }

    @Test func s3OnlyShortLiteralsOverTheLimitAreSkipped() {
        var limits = ParserLimits.afterLogin
        limits.literalBytes = 10
        let short = String(repeating: "x", count: 4096)
        #expect(hear("a SELECT {4096+}\r\n\(short)\r\nz NOOP\r\n", limits: limits).last == noop)
        #expect(failure("a SELECT {4097+}", limits: limits)?.mustClose == true)
        #expect(failure("a SELECT {4097}", limits: limits)?.mustClose == false)
    }

    @Test(arguments: [
        "9223372036854775808", "18446744073709551616", "99999999999999999999",
        "18446744073709551615000000000000000000000000",
    ])
    func s3SizesThatOverflowAreRefused(size: String) {
        for start in ["a SELECT ", "a APPEND x ", "a APPEND x ~", "a FOO "] {
            let closing = failure("\(start){\(size)+}")
            #expect(closing?.mustClose == true && closing?.tag == "a")
            let waiting = hear("\(start){\(size)}\r\nz NOOP\r\n")
            #expect(waiting.count == 2 && waiting.last == noop)
        }
    }

    @Test func s3LeadingZerosAreNoOverflow() {
        let zeros = String(repeating: "0", count: 40)
        #expect(hear("a SELECT {\(zeros)5+}\r\nINBOX\r\n").count == 1)
        #expect(hear("a APPEND x {\(zeros)5}\r\n").count == 2)
    }

    @Test(arguments: ["(", "NOT ", "OR ALL ", "OR (", "(NOT "])
    func s5NestingIsBounded(opening: String) {
        let levels = opening == "OR (" || opening == "(NOT " ? 16 : 32
        let closing = opening.contains("(") ? ")" : ""
        let tail = opening == "OR (" ? ") ALL" : closing
        func search(_ depth: Int) -> String {
            "a SEARCH " + String(repeating: opening, count: depth) + "ALL"
                + String(repeating: tail, count: depth)
        }
        #expect(command(search(levels)) != nil)
        #expect(command(search(levels + 1)) == nil)
        #expect(isRefused(search(levels + 1)))
    }

    @Test(arguments: ["(", "NOT ", "OR ", "OR ALL ", "OR NOT ("])
    func s5HundredThousandLevelsAreRefused(opening: String) {
        var limits = ParserLimits.afterLogin
        limits.lineBytes = 4 << 20
        let search = "a SEARCH " + String(repeating: opening, count: 100_000)
        #expect(failure(search, limits: limits)?.message.hasPrefix("too many levels") == true)
    }

    @Test func s5TokensAreBounded() {
        #expect(command("a SEARCH " + String(repeating: "1 ", count: 4095)) != nil)
        #expect(command("a SEARCH " + String(repeating: "1 ", count: 4096)) == nil)
        #expect(isRefused("a STORE 1 FLAGS (" + String(repeating: "a ", count: 4096) + "a)"))
        #expect(isRefused("a FETCH 1 BODY[" + String(repeating: "1.", count: 4096) + "1]"))
    }

    @Test func s7RangesAreBoundedAfterMerging() {
        let odd = (0..<1024).map { String($0 * 2 + 1) }
        #expect(command("a FETCH \(odd.joined(separator: ",")) UID") != nil)
        #expect(isRefused("a FETCH \(odd.joined(separator: ",")),9999 UID"))
        let all = (1...9000).map(String.init).joined(separator: ",")
        #expect(
            command("a FETCH \(all) UID")
                == .fetch(
                    FetchCommand(kind: .sequence, messages: set((1, 9000)), items: [.uid])))
        let shuffled = (odd.reversed() + (1...1024).map { String($0 * 2) }).joined(separator: ",")
        guard case .fetch(let fetch)? = command("a FETCH \(shuffled),* UID") else {
            Issue.record("refused")
            return
        }
        #expect(fetch.messages == set((1, 2048), (nil, nil)))
        let huge = String(repeating: "1:4294967295,", count: 4000)
        #expect(command("a FETCH \(huge)* UID") != nil)
    }

    @Test func tagsAreBounded() {
        #expect(hear(String(repeating: "t", count: 255) + " NOOP\r\n").count == 1)
        #expect(failure(String(repeating: "t", count: 256) + " NOOP")?.tag == nil)
    }

    @Test func rawLinesAreBounded() {
        var limits = ParserLimits.afterLogin
        limits.lineBytes = 16
        #expect(
            hear("a IDLE\r\n" + String(repeating: "x", count: 14) + "\r\n", limits: limits).count
                == 2)
        let heard = hear("a IDLE\r\n" + String(repeating: "x", count: 17), limits: limits)
        guard case .failed(let failure) = heard.last else {
            Issue.record("accepted")
            return
        }
        #expect(failure.mustClose)
    }

    @Test func thousandsOfKeywordsAreReadInLinearTime() {
        let words = (0..<4000).map { "k\($0)" }.joined(separator: " ")
        guard case .store(let store)? = command("a STORE 1 FLAGS (\(words))") else {
            Issue.record("refused")
            return
        }
        #expect(store.flags.keywords.count == 4000)
    }
}
