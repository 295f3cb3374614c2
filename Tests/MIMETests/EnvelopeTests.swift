import MIME
import Testing

@Suite struct EnvelopeTests {
    @Test func showsEveryFieldInOrder() {
        let header = """
            Date: Mon, 7 Feb 1994 21:52:25 -0800
            From: Fred Foobar <foobar@Blurdybloop.example>
            Subject: afternoon "meeting"
            To: mooch@owatagu.siam.edu.example
            Message-Id: <B27397-0100000@Blurdybloop.example>
            """
        let from = "((\"Fred Foobar\" NIL \"foobar\" \"Blurdybloop.example\"))"
        #expect(
            envelope(header) == "(\"Mon, 7 Feb 1994 21:52:25 -0800\" \"afternoon \\\"meeting\\\"\" "
                + "\(from) \(from) \(from) ((NIL NIL \"mooch\" \"owatagu.siam.edu.example\")) "
                + "NIL NIL NIL \"<B27397-0100000@Blurdybloop.example>\")")
    }

    @Test func isAllNILWithoutAHeader() {
        #expect(text(summary([]).envelope) == "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)")
    }

    @Test(arguments: [
        ("Subject:", "\"\""),
        ("Subject: a\n  b", "\"a  b\""),
        ("Subject: a\n\tb\n ", "\"a\tb\""),
        ("SUBJECT : =?utf-8?q?a?=", "\"=?utf-8?q?a?=\""),
        ("Subject: a\nSubject: b", "\"a\""),
        ("Subject: \u{e9}", "{2}\r\n\u{e9}"),
        ("Subject: a\\b", "\"a\\\\b\""),
        ("Subject: a\u{0}b", "{3}\r\na\u{0}b"),
        (
            "Subject: " + String(repeating: "x", count: 1001),
            "{1001}\r\n" + String(repeating: "x", count: 1001)
        ),
        ("nonsense\nSubject: a", "\"a\""),
        ("X: 1", "NIL"),
    ])
    func subjectIsUnfoldedAndQuotedOnlyWhenSafe(header: String, expected: String) {
        #expect(envelope(header) == "(NIL \(expected) NIL NIL NIL NIL NIL NIL NIL NIL)")
    }

    @Test func bareReturnMakesALiteral() {
        let message = Array("Subject: a\rb\r\n\r\n".utf8)
        #expect(text(summary(message).envelope).hasPrefix("(NIL {3}\r\na\rb NIL"))
    }

    @Test(arguments: [
        ("a@b", "((NIL NIL \"a\" \"b\"))"),
        ("a@b, , c@d,", "((NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\"))"),
        ("\"Doe, John\" <j@x>", "((\"Doe, John\" NIL \"j\" \"x\"))"),
        ("John \"Q.\" Public <j@x>", "((\"John Q. Public\" NIL \"j\" \"x\"))"),
        ("j@x (John (the) Doe)", "((\"John (the) Doe\" NIL \"j\" \"x\"))"),
        ("(a) j (b) @ (c) x . y", "((\"a\" NIL \"j\" \"x.y\"))"),
        ("<@a,@b:j@x>", "((NIL \"@a,@b\" \"j\" \"x\"))"),
        ("\"john doe\"@x", "((NIL NIL \"john doe\" \"x\"))"),
        ("j@[1.2.3.4]", "((NIL NIL \"j\" \"[1.2.3.4]\"))"),
        ("root", "((NIL NIL \"root\" \"\"))"),
        ("joe at example.org (Joe)", "((\"Joe\" NIL \"joe at example.org\" \"\"))"),
        ("<>", "((NIL NIL \"\" \"\"))"),
        ("foo@bar <foo@bar>", "((\"foo@bar\" NIL \"foo\" \"bar\"))"),
        ("a <b@c> d <e@f>", "((\"a d\" NIL \"b\" \"c\")(NIL NIL \"e\" \"f\"))"),
        ("A <a@b, c@d", "((\"A\" NIL \"a\" \"b\")(NIL NIL \"c\" \"d\"))"),
        ("\"A <a@b>", "((\"\\\"A\" NIL \"a\" \"b\"))"),
        ("(A <a@b>", "((\"(A\" NIL \"a\" \"b\"))"),
        ("a@b; c@d", "((NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\"))"),
        ("\n", "NIL"),
        (", ,", "NIL"),
        ("(only a comment)", "NIL"),
        ("\"\"", "((NIL NIL \"\" \"\"))"),
        ("\u{fc} <u@x>", "(({2}\r\n\u{fc} NIL \"u\" \"x\"))"),
        (
            "G: a@b, C <c@d>; e@f",
            "((NIL NIL \"G\" NIL)(NIL NIL \"a\" \"b\")(\"C\" NIL \"c\" \"d\")(NIL NIL NIL NIL)"
                + "(NIL NIL \"e\" \"f\"))"
        ),
        ("undisclosed recipients:;", "((NIL NIL \"undisclosed recipients\" NIL)(NIL NIL NIL NIL))"),
        ("G: a@b", "((NIL NIL \"G\" NIL)(NIL NIL \"a\" \"b\")(NIL NIL NIL NIL))"),
        ("G: H: a@b;;", "((NIL NIL \"G\" NIL)(NIL NIL \"H a\" \"b\")(NIL NIL NIL NIL))"),
        (":;", "((NIL NIL \"\" NIL)(NIL NIL NIL NIL))"),
    ])
    func addressesAreReadInEveryForm(field: String, expected: String) {
        #expect(envelope("To: " + field) == "(NIL NIL NIL NIL NIL \(expected) NIL NIL NIL NIL)")
    }

    @Test func repeatedAddressFieldsAreJoined() {
        let expected = "((NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\"))"
        #expect(
            envelope("To: a@b\nTo: c@d") == "(NIL NIL NIL NIL NIL \(expected) NIL NIL NIL NIL)")
    }

    @Test func senderAndReplyToThatHoldNobodyAreFrom() {
        let from = "((NIL NIL \"a\" \"b\"))"
        #expect(
            envelope("From: a@b\nSender: \nReply-To: c@d")
                == "(NIL NIL \(from) \(from) ((NIL NIL \"c\" \"d\")) NIL NIL NIL NIL NIL)")
    }

    @Test func addressesBeyondTheLimitAreLeftOutAndTheGroupIsClosed() throws {
        var limits = MIMELimits()
        limits.addresses = 3
        let shown = text(summary(mail("To: G: a@b, c@d, e@f;\n\n"), limits: limits).envelope)
        #expect(
            shown.contains(
                "((NIL NIL \"G\" NIL)(NIL NIL \"a\" \"b\")(NIL NIL \"c\" \"d\")(NIL NIL NIL NIL))"))
    }

    @Test func bareLineFeedsAreLineEnds() {
        let message = Array("Subject: a\n b\nFrom: a@b\n\nbody".utf8)
        #expect(text(summary(message).envelope).hasPrefix("(NIL \"a b\" ((NIL NIL \"a\" \"b\"))"))
        #expect(summary(message).headerSize == 25)
    }
}
