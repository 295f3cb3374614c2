import IMAPCodec
import MailModel
import NIOCore
import Testing

/// S29: what cannot be quoted goes into a literal.
@Suite struct StringWritingTests {
    private func written(_ body: (inout ResponseWriter) -> Void) -> [UInt8] {
        var writer = ResponseWriter()
        body(&writer)
        return Array(writer.buffer.readableBytesView)
    }

    @Test(arguments: [
        ("", "\"\""), ("a", "\"a\""), ("a\"b\\", "\"a\\\"b\\\\\""), ("a\rb", "{3}\r\na\rb"),
        ("a\nb", "{3}\r\na\nb"), ("é", "{2}\r\né"), ("\u{0}", "{1}\r\n\u{0}"),
        ("\u{7F}", "{1}\r\n\u{7F}"),
        ("a\tb", "\"a\tb\""),
    ])
    func stringsAreQuotedOrLiterals(text: String, wanted: String) {
        #expect(written { $0.writeString(Array(text.utf8)) } == Array(wanted.utf8))
        #expect(written { $0.writeNString(text.utf8) } == Array(wanted.utf8))
    }

    @Test(arguments: [
        ("INBOX", "INBOX"), ("", "\"\""), ("a b", "\"a b\""), ("nil", "\"nil\""), ("a]", "\"a]\""),
        ("a(", "\"a(\""), ("a\r\nb", "{4}\r\na\r\nb"),
    ])
    func atomsAreBareWhereTheyMay(text: String, wanted: String) {
        #expect(written { $0.writeAString(text.utf8) } == Array(wanted.utf8))
    }

    @Test func absentStringsAreNIL() {
        #expect(written { $0.writeNString(nil as [UInt8]?) } == Array("NIL".utf8))
    }

    @Test func longStringsAreLiterals() {
        let long = [UInt8](repeating: 0x61, count: 1001)
        #expect(written { $0.writeString(long) }.starts(with: "{1001}\r\n".utf8))
        #expect(written { $0.writeString(long.dropLast()) }.first == UInt8(ascii: "\""))
    }

    /// Any bytes but NUL come back through the parser of commands, and never as a quoted string
    /// that a client could stumble over.
    @Test func anyBytesComeBack() throws {
        var random = SeededGenerator(seed: 29)
        for _ in 0..<2_000 {
            let bytes = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                Bool.random(using: &random)
                    ? UInt8.random(in: 0x20..<0x7F, using: &random)
                    : UInt8.random(in: 1...255, using: &random)
            }
            let text = written { $0.writeString(bytes) }
            if text.first == UInt8(ascii: "\"") {
                #expect(text.allSatisfy { ($0 >= 0x20 && $0 < 0x7F) || $0 == 0x09 })
            }
            var listener = Listener()
            listener.feed("a SEARCH TEXT ".utf8)
            listener.feed(text)
            listener.feed("\r\n".utf8)
            #expect(
                listener.heard.last
                    == .command(
                        TaggedCommand(tag: "a", command: .search(SearchCommand(key: .text(bytes)))))
            )
        }
    }
}
