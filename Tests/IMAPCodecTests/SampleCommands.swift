/// Valid commands, one or more for each rule of the grammar; with their last CRLF.
///
/// The tests that split and mutate input draw on them.
let sampleCommands: [String] = sampleLines.map { $0 + "\r\n" }

private let sampleLines: [String] =
    [
        "a1 CAPABILITY", "a2 NOOP", "a3 LOGOUT", "a4 noop", "A.5-x CHECK", "a6 CLOSE",
        "a7 UNSELECT", "a8 EXPUNGE", "a9 NAMESPACE", "b1 STARTTLS", "b2 IDLE\r\nDONE",
        "b3 NOOP  ", "b4 XUNKNOWN with \"some\" (args)", "b5 XUNKNOWN {3+}\r\nabc more",
        // ID
        "c1 ID NIL", "c2 ID ()", "c3 ID (\"name\" \"mutt\" \"version\" NIL)",
        "c4 ID ({4+}\r\nname {4}\r\nmutt)",
        // LOGIN, AUTHENTICATE, ENABLE
        "d1 LOGIN user pass", "d2 LOGIN \"user\" \"pa\\\\ss\\\"word\"",
        "d3 LOGIN {4}\r\nuser {4}\r\npass", "d4 LOGIN {4+}\r\nuser {0+}\r\n",
        "d5 LOGIN user@example.org p]ss+", "d6 AUTHENTICATE PLAIN\r\nAHUAcA==",
        "d7 AUTHENTICATE PLAIN AHUAcA==\r\n*", "d8 AUTHENTICATE EXTERNAL =\r\n",
        "d9 ENABLE CONDSTORE", "d10 ENABLE CONDSTORE QRESYNC UTF8=ACCEPT",
        // SELECT and the other commands with names
        "e1 SELECT INBOX", "e2 SELECT \"a box\"", "e3 SELECT {5}\r\nINBOX",
        "e4 SELECT {5+}\r\nINBOX (CONDSTORE)", "e5 EXAMINE a/b/c", "e6 EXAMINE inbox (condstore)",
        "e7 SELECT &ZeVnLIqe-", "e8 SELECT \"Entw&APw-rfe\"", "e9 SELECT Entwürfe",
        "e10 CREATE a", "e11 CREATE a/b/", "e12 CREATE Sent (USE (\\Sent))",
        "e13 CREATE Mix (USE (\\Drafts \\Important \\Foo))", "e14 CREATE None (USE ())",
        "e15 DELETE a", "e16 DELETE \"\"", "e17 DELETE &bad", "e18 RENAME a b",
        "e19 RENAME {1+}\r\na {1}\r\nb", "e20 SUBSCRIBE a]b", "e21 UNSUBSCRIBE \"a\\\"b\"",
        // LIST, LSUB, STATUS
        "f1 LIST \"\" *", "f2 LIST \"\" \"\"", "f3 LIST ref/ %", "f4 LIST \"\" %/a*]",
        "f5 LIST (SUBSCRIBED) \"\" *", "f6 LIST () \"\" *",
        "f7 LIST (SUBSCRIBED RECURSIVEMATCH) \"\" %",
        "f8 LIST (REMOTE SPECIAL-USE) \"\" (INBOX \"Sent/%\" {1+}\r\na)",
        "f9 LIST \"\" % RETURN (CHILDREN)", "f10 LIST \"\" % RETURN ()",
        "f11 LIST \"\" % RETURN (SUBSCRIBED CHILDREN SPECIAL-USE STATUS (MESSAGES UNSEEN))",
        "f12 LIST (SPECIAL-USE) \"\" \"*\" RETURN (SPECIAL-USE)", "f13 LIST \"\" {1}\r\n*",
        "g1 LSUB \"\" *", "g2 LSUB \"#news.\" \"comp.mail.*\"", "g3 LSUB &AOk-/ &AOk-%",
        "h1 STATUS INBOX (MESSAGES)",
        "h2 STATUS a (MESSAGES RECENT UIDNEXT UIDVALIDITY UNSEEN DELETED)",
        "h3 STATUS \"x y\" (SIZE HIGHESTMODSEQ MAILBOXID APPENDLIMIT)",
        "h4 STATUS {5}\r\nINBOX (messages)",
        // APPEND
        "i1 APPEND INBOX {5}\r\nhello", "i2 APPEND INBOX {5+}\r\nhello",
        "i3 APPEND INBOX (\\Seen) {5}\r\nhello",
        "i4 APPEND \"a b\" (\\Seen $Junk) \" 1-Jul-1996 02:44:25 -0700\" {3+}\r\na\r\n",
        "i5 APPEND INBOX \"17-Jul-1996 02:44:25 +0000\" {0}\r\n",
        "i6 APPEND {5}\r\nINBOX () {4}\r\nabcd", "i7 APPEND {5+}\r\nINBOX {4+}\r\n{1}\r",
        "i8 APPEND INBOX ~{4+}\r\na\u{0}bc", "i9 APPEND INBOX (\\Recent \\Draft) ~{2}\r\n\r\n",
        "i10 APPEND INBOX {1}\r\na {1}\r\nb", "i11 APPEND a {1+}\r\na (\\Seen) {1+}\r\nb {1+}\r\nc",
        "i12 APPEND a {2+}\r\na\n \"01-Jan-2000 00:00:00 +0000\" ~{1}\r\nb",
    ] + messageLines

private let messageLines: [String] =
    [
        "j1 FETCH 1 FLAGS", "j2 FETCH 1:* (FLAGS)", "j3 FETCH *:1 ALL", "j4 FETCH 1,3:5,* FAST",
        "j5 FETCH $ FULL", "j6 UID FETCH 1:4294967295 (UID FLAGS)",
        "j7 FETCH 1 (ENVELOPE INTERNALDATE RFC822 RFC822.HEADER RFC822.SIZE RFC822.TEXT)",
        "j8 FETCH 1 BODY", "j9 FETCH 1 (BODY BODYSTRUCTURE UID)", "j10 FETCH 1 BODY[]",
        "j11 FETCH 1 BODY.PEEK[]", "j12 FETCH 1 BODY[]<0.1024>", "j13 FETCH 1 BODY[HEADER]",
        "j14 FETCH 1 BODY[TEXT]<4294967295.4294967295>", "j15 FETCH 1 BODY[1]",
        "j16 FETCH 1 BODY[1.2.3]", "j17 FETCH 1 BODY[1.MIME]", "j18 FETCH 1 BODY[2.HEADER]",
        "j19 FETCH 1 BODY[1.2.TEXT]", "j20 FETCH 1 BODY.PEEK[HEADER.FIELDS (From To)]",
        "j21 FETCH 1 BODY[HEADER.FIELDS.NOT (\"Received\")]<5.6>",
        "j22 FETCH 1 BODY[1.HEADER.FIELDS (X-A {3+}\r\nX-B)]", "j23 FETCH 1 BINARY[]",
        "j24 FETCH 1 BINARY.PEEK[1.2]<3.4>", "j25 FETCH 1 (BINARY[1] BINARY.SIZE[1])",
        "j26 FETCH 1 BINARY.SIZE[]", "j27 FETCH 1 (MODSEQ EMAILID THREADID SAVEDATE)",
        "j28 UID FETCH 1:* (FLAGS) (CHANGEDSINCE 12345)", "j29 FETCH 1 FLAGS (CHANGEDSINCE 1)",
        "j30 fetch 1 (flags body.peek[header.fields (subject)] Uid)", "j31 FETCH 1 (UID) ",
        "j32 UID FETCH 5 (UID RFC822.SIZE FLAGS BODY.PEEK[HEADER.FIELDS (From To Cc Subject)])",
        "k1 STORE 1 FLAGS (\\Seen)", "k2 STORE 1:* +FLAGS \\Deleted",
        "k3 STORE 1 -FLAGS.SILENT (\\Flagged \\Answered)", "k4 UID STORE 7 +FLAGS.SILENT ($Junk)",
        "k5 STORE 1 FLAGS ()", "k6 STORE 1 FLAGS \\Seen \\Draft custom",
        "k7 STORE 1 (UNCHANGEDSINCE 0) +FLAGS (a b a)", "k8 STORE $ +FLAGS (\\Recent)",
        "k9 UID STORE 1,2 (UNCHANGEDSINCE 9223372036854775807) FLAGS.SILENT (\\Seen)",
        "l1 COPY 1 INBOX", "l2 UID COPY 1:* \"a b\"", "l3 MOVE 1,2 {4}\r\na b/", "l4 UID MOVE $ &-",
        "l5 UID EXPUNGE 1:3,7", "l6 UID EXPUNGE *",
    ] + searchLines

private let searchLines: [String] = [
    "m1 SEARCH ALL", "m2 UID SEARCH ALL", "m3 SEARCH 1:5", "m4 SEARCH *", "m5 SEARCH $",
    "m6 SEARCH ANSWERED DELETED DRAFT FLAGGED SEEN RECENT NEW OLD",
    "m7 SEARCH UNANSWERED UNDELETED UNDRAFT UNFLAGGED UNSEEN",
    "m8 SEARCH BCC a CC b FROM c SUBJECT d TO e BODY f TEXT g",
    "m9 SEARCH FROM \"Fred Foobar\" SUBJECT {7+}\r\nafterno",
    "m10 SEARCH HEADER Message-ID <a@b>", "m11 SEARCH HEADER \"X-Y\" \"\"",
    "m12 SEARCH BEFORE 1-Feb-1994 ON 02-Mar-2000 SINCE \"3-apr-2024\"",
    "m13 SEARCH SENTBEFORE 1-Feb-1994 SENTON 1-May-1994 SENTSINCE 1-Jun-1994",
    "m14 SEARCH SAVEDBEFORE 1-Jul-1994 SAVEDON 1-Aug-1994 SAVEDSINCE 1-Sep-1994",
    "m15 SEARCH SAVEDATESUPPORTED", "m16 SEARCH LARGER 0 SMALLER 9223372036854775807",
    "m17 SEARCH KEYWORD $Forwarded UNKEYWORD Junk", "m18 SEARCH NOT SEEN",
    "m19 SEARCH OR SEEN FLAGGED", "m20 SEARCH (SEEN FLAGGED)", "m21 SEARCH ((1) (2 3))",
    "m22 SEARCH OR (FROM a NOT TO b) NOT OR SEEN UID 1:9", "m23 SEARCH UID 1,5:*",
    "m24 SEARCH OLDER 3600 YOUNGER 1", "m25 SEARCH MODSEQ 620162338",
    "m26 SEARCH MODSEQ \"/flags/\\\\draft\" all 0", "m27 SEARCH EMAILID M12-3 THREADID T_9",
    "m28 SEARCH CHARSET UTF-8 TEXT {2}\r\né", "m29 SEARCH CHARSET \"us-ascii\" ALL",
    "m30 SEARCH RETURN (MIN MAX ALL COUNT SAVE) ALL", "m31 SEARCH RETURN () UNSEEN",
    "m32 UID SEARCH RETURN (SAVE) CHARSET UTF-8 SUBJECT {3+}\r\n€",
    "m33 SEARCH TEXT {0}\r\n", "m34 SEARCH 1,2,3,4,5,9:7,*:4 ", "m35 SEARCH RETURN (COUNT) $",
    "m36 SEARCH SUBJECT \"[list] a (b) {c} \\\\\"", "m37 SEARCH TEXT \"Grüße\"",
]
