import MailServer
import Testing

/// S23.
@Suite struct LogTextTests {
    @Test(arguments: [
        ("anna", "anna"), ("a\r\nb\u{1B}[2J", #"a\x0d\x0ab\x1b[2J"#), (#"a\x"#, #"a\\x"#),
        ("\u{E9}", #"\xc3\xa9"#), ("", ""),
    ])
    func whatClientsSendIsEscaped(_ text: String, _ escaped: String) {
        #expect(LogText.escaped(text) == escaped)
    }

    @Test func longTextsAreCut() {
        let text = LogText.escaped(String(repeating: "\u{7F}", count: 1000))
        #expect(text.utf8.count <= 256 && text.hasSuffix("…"))
    }
}
