import IMAPCodec
import MailModel
import Testing

/// Bad input: refused with BAD, and the next command is read.
@Suite struct BadInputTests {
    @Test(arguments: [
        "", " ", "a", "a ", "+ NOOP", "a+b NOOP", "a\tNOOP", "(a) NOOP", "a  NOOP", "a NOOP x",
        "a \"NOOP\"", "a UID", "a UID NOOP", "a UID FETCH", "a UID  FETCH 1 FLAGS", "\u{0} NOOP",
        "a NOOP\u{0}", "a XFOO \u{0}", "é NOOP",
        "a LOGIN", "a LOGIN u", "a LOGIN u p x", "a LOGIN \"u p", "a LOGIN u \"p", "a LOGIN u p\"",
        "a LOGIN \"u\"p", "a LOGIN \"a\\", "a LOGIN u (p)", "a LOGIN u \"a\u{0}b\"",
        "a LOGIN {1+}\r\n\u{0} p", "a LOGIN u {x}", "a LOGIN u {}", "a LOGIN u {1",
        "a LOGIN u {-1}",
        "a AUTHENTICATE", "a AUTHENTICATE PLAIN !!!!", "a AUTHENTICATE PLAIN AHU",
        "a AUTHENTICATE PLAIN AHUAcA= =", "a AUTHENTICATE PLAIN A===",
        "a AUTHENTICATE PLAIN AHUAcB==",
        "a ID", "a ID (\"name\")", "a ID (name \"x\")", "a ID (\"name\" x)", "a ID \"x\"",
        "a ENABLE", "a ENABLE ", "a ENABLE (X)",
        "a SELECT", "a SELECT ", "a SELECT a b", "a SELECT a ()", "a SELECT a (FOO)",
        "a SELECT a (CONDSTORE", "a SELECT a(CONDSTORE)", "a SELECT (a)", "a SELECT a*",
        "a CREATE a (USE)", "a CREATE a (USE Sent)", "a CREATE a (FOO (\\Sent))",
        "a RENAME a", "a RENAME a b c", "a DELETE", "a SUBSCRIBE %", "a STATUS a", "a STATUS a ()",
        "a STATUS a (FOO)", "a STATUS a MESSAGES", "a STATUS a (MESSAGES",
        "a LIST", "a LIST \"\"", "a LIST (FOO) \"\" *", "a LIST (RECURSIVEMATCH) \"\" *",
        "a LIST (REMOTE RECURSIVEMATCH) \"\" *", "a LIST \"\" ()", "a LIST \"\" * RETURN",
        "a LIST \"\" * RETURN (FOO)", "a LIST \"\" * FOO", "a LIST \"\" * RETURN (STATUS)",
        "a LSUB \"\"", "a LSUB \"\" (a b)",
        "a COPY 1", "a COPY x a", "a COPY 1  a", "a UID EXPUNGE", "a UID EXPUNGE 0",
    ])
    func aBadLineIsRefused(line: String) {
        #expect(isRefused(line))
    }

    @Test(arguments: [
        "0", "-1", "", "1,", ",1", "1:", ":1", "1:2:3", "4294967296", "99999999999999999999999",
        "1 2", "a", "1,a", "$,1", "1,$", "**", "01x", "1;2",
    ])
    func aBadSequenceSetIsRefused(text: String) {
        #expect(isRefused("a FETCH \(text) FLAGS"))
        #expect(isRefused("a UID STORE \(text) FLAGS (\\Seen)"))
    }

    @Test(arguments: [
        "", "()", "FOO", "(FLAGS", "FLAGS)", "(FLAGS  UID)", "(ALL)", "((FLAGS))", "(FLAGS)(UID)",
        "BODY[", "BODY]", "BODY[0]", "BODY[1.]", "BODY[.1]", "BODY[MIME]", "BODY[1.2.]",
        "BODY[FOO]", "BODY[1 2]", "BODY[HEADER.FIELDS]", "BODY[HEADER.FIELDS ()]",
        "BODY[HEADER.FIELDS (é)]", "BODY[HEADER.FIELDS From]", "BODY[4294967296]", "BODY.PEEK",
        "BODY[]<0>", "BODY[]<0.0>", "BODY[]<.1>", "BODY[]<1.>", "BODY[]<-1.1>", "BODY[]<1.1",
        "BODY[]<9223372036854775808.1>", "BODY[]<1.99999999999999999999>", "BODY[HEADER.TEXT]",
        "BINARY", "BINARY[TEXT]", "BINARY[1.]", "BINARY.SIZE", "BINARY.SIZE[1]<0.1>",
        "FLAGS (CHANGEDSINCE 0)", "FLAGS (CHANGEDSINCE)", "FLAGS (FOO 1)", "FLAGS ()",
        "FLAGS (CHANGEDSINCE 9223372036854775808)", "RFC822.FOO", "FLAGS UID",
    ])
    func aBadFetchItemIsRefused(text: String) {
        #expect(isRefused("a FETCH 1 \(text)"))
    }

    @Test(arguments: [
        "", "FOO", "()", "(ALL", "ALL)", "NOT", "OR ALL", "OR", "FROM", "FROM \"", "HEADER a",
        "HEADER é x", "BEFORE", "BEFORE 30-Feb-2000", "BEFORE 1-Foo-2000", "BEFORE 1-Feb-20",
        "BEFORE \"1-Feb-2000", "BEFORE 2000-01-01", "BEFORE 1-Feb-0000", "LARGER", "LARGER -1",
        "LARGER 9223372036854775808", "OLDER 0", "OLDER 4294967296", "KEYWORD \\Seen", "KEYWORD",
        "UID", "UID 0", "MODSEQ", "MODSEQ x", "MODSEQ \"x\" foo 1", "EMAILID", "EMAILID a.b",
        "RETURN ALL", "RETURN (FOO) ALL", "RETURN (MIN)", "CHARSET", "CHARSET UTF-8",
        "CHARSET é ALL",
        "ALL  ALL", "1 0", "ALLL",
    ])
    func aBadSearchKeyIsRefused(text: String) {
        #expect(isRefused("a SEARCH \(text)"))
    }

    @Test(arguments: [
        "FLAGS", "+FLAGS", "*FLAGS (a)", "FLAGS (a", "FLAGS a)", "FOO (a)", "FLAGS (\\Foo)",
        "FLAGS (\\)", "FLAGS (\\*)", "FLAGS.LOUD (a)", "+ FLAGS (a)", "FLAGS (a*)", "FLAGS (\"a\")",
        "(UNCHANGEDSINCE) FLAGS (a)", "(FOO 1) FLAGS (a)", "() FLAGS (a)", "FLAGS (a  b)",
        "FLAGS (é)",
    ])
    func aBadStoreIsRefused(text: String) {
        #expect(isRefused("a STORE 1 \(text)"))
    }

    @Test(arguments: [
        "", "INBOX", "INBOX x", "INBOX (\\Foo) {1}", "INBOX (a {1}", "INBOX \"x\" {1}",
        "INBOX \"32-Jan-2000 00:00:00 +0000\" {1}", "INBOX \"1-Jan-2000 00:00:00 +0000\" {1}",
        "INBOX \"01-Jan-2000 24:00:00 +0000\" {1}", "INBOX \"01-Jan-2000 00:00:00 0000\" {1}",
        "INBOX \"01-Jan-2000 00:00:00\" {1}", "INBOX \"message\"", "INBOX {1} x", "INBOX{1}",
        "INBOX () () {1}", "INBOX {9223372036854775808}",
    ])
    func aBadAppendIsRefusedBeforeItsMessageIsSent(text: String) {
        #expect(isRefused("a APPEND \(text)"))
    }

    @Test(arguments: [
        ("a FETCH", "expected a space at byte 7 (after \"FETCH\")", "a"),
        ("a FETCH 1 (FLAGS", "expected a space or \")\" at byte 16 (after \"FLAGS\")", "a"),
        ("x1 NOOP foo", "expected the end of the line at byte 8 (after \"NOOP\")", "x1"),
        ("", "expected a tag at byte 0", nil),
        ("tag", "expected a space at byte 3", "tag"),
    ])
    func theFailureTellsThePlace(line: String, message: String, tag: String?) {
        #expect(failure(line)?.message == message)
        #expect(failure(line)?.tag == tag)
        #expect(failure(line)?.mustClose == false)
    }

    @Test func secretsAreNotInTheMessages() {
        for line in ["a LOGIN secret", "a LOGIN u secret x", "a AUTHENTICATE PLAIN secret!"] {
            #expect(failure(line)?.message.contains("secret") == false)
        }
    }
}
