import IMAPCodec
import IMAPSession
import MailModel
import Testing

/// Whole conversations in memory, for what no pure function shows. The rest is in transcripts.
@Suite("Sessions in conversation")
struct ConversationTests {
    private static let mail = "Subject: hi\r\n\r\nHello\r\n"

    @discardableResult
    private static func append(
        _ client: MemoryClient, to mailbox: String = "INBOX", flags: String = ""
    ) -> String {
        client.sendRaw(
            "p APPEND \(mailbox) \(flags.isEmpty ? "" : "(\(flags)) "){\(mail.utf8.count)+}\r\n"
                + mail + "\r\n")
    }

    // MARK: Before login

    @Test func theThirdFailedLoginEndsTheConnection() throws {
        let client = try TemporaryStore().connect()
        #expect(client.send("a LOGIN anna wrong").hasPrefix("a NO [AUTHENTICATIONFAILED] "))
        client.send("b LOGIN anna wrong")
        let last = client.send("c LOGIN anna wrong")
        #expect(last.hasPrefix("c NO [AUTHENTICATIONFAILED] "))
        #expect(last.contains("\r\n* BYE "))
        #expect(client.isClosed)
    }

    @Test func theThirdBadCommandBeforeLoginEndsTheConnection() throws {
        let client = try TemporaryStore().connect()
        client.send("a NONSENSE")
        client.send("b SELECT INBOX")
        let last = client.send("c FETCH")
        #expect(last.hasPrefix("c BAD ") && last.contains("* BYE "))
        #expect(client.isClosed)
    }

    @Test func passwordsAreNotTakenInTheClear() throws {
        let client = try TemporaryStore().connect(secure: false)
        #expect(
            client.greeting.contains("LOGINDISABLED") && !client.greeting.contains("AUTH=PLAIN"))
        #expect(client.send("a LOGIN anna secret").hasPrefix("a NO [PRIVACYREQUIRED] "))
        #expect(client.send("b AUTHENTICATE PLAIN").hasPrefix("b NO [PRIVACYREQUIRED] "))
    }

    @Test func authenticatePlainWorksWithAndWithoutAnInitialResponse() throws {
        let store = try TemporaryStore()
        let first = store.connect()
        // NUL anna NUL secret
        #expect(first.send("a AUTHENTICATE PLAIN AGFubmEAc2VjcmV0").hasPrefix("a OK [CAPABILITY "))
        let second = store.connect()
        #expect(second.send("a AUTHENTICATE PLAIN") == "+ \r\n")
        #expect(second.send("AGFubmEAc2VjcmV0").hasPrefix("a OK [CAPABILITY "))
        let third = store.connect()
        third.send("a AUTHENTICATE PLAIN")
        #expect(third.send("*").hasPrefix("a BAD "))
        #expect(third.send("b NOOP") == "b OK NOOP completed\r\n")
    }

    // MARK: SELECT

    @Test func selectTellsEverythingOfTheMailbox() throws {
        let client = try TemporaryStore().login()
        Self.append(client, flags: "\\Seen")
        Self.append(client, flags: "\\Flagged blue")
        let answer = client.send("s SELECT inbox")
        let lines = answer.split(separator: "\r\n").map(String.init)
        #expect(lines.first == "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft blue)")
        #expect(
            lines.contains {
                $0.hasPrefix(
                    "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft blue \\*)]"
                )
            })
        #expect(lines.contains("* 2 EXISTS") && lines.contains("* 2 RECENT"))
        for code in [
            "[UNSEEN 2]", "[UIDNEXT 3]", "[UIDVALIDITY ", "[HIGHESTMODSEQ ", "[MAILBOXID (F",
        ] {
            #expect(answer.contains(code), "\(code)")
        }
        #expect(lines.last == "s OK [READ-WRITE] SELECT completed")
    }

    @Test func recentBelongsToTheFirstThatSelects() throws {
        let store = try TemporaryStore()
        let first = store.login()
        Self.append(first)
        let looking = store.login()
        #expect(looking.send("a EXAMINE INBOX").contains("* 1 RECENT"))
        #expect(first.send("a SELECT INBOX").contains("* 1 RECENT"))
        let second = store.login()
        #expect(second.send("a SELECT INBOX").contains("* 0 RECENT"))
        #expect(second.send("b STATUS INBOX (RECENT)").contains("(RECENT 0)"))
    }

    @Test func aFailedSelectLeavesNothingSelected() throws {
        let client = try TemporaryStore().login()
        client.send("a SELECT INBOX")
        let answer = client.send("b SELECT nowhere")
        #expect(answer.hasPrefix("* OK [CLOSED] "))
        #expect(answer.contains("b NO [NONEXISTENT] "))
        #expect(client.state == .authenticated)
        #expect(client.send("c CHECK").hasPrefix("c BAD "))
    }

    // MARK: APPEND

    @Test func appendIsRefusedBeforeTheMessageIsSent() throws {
        let client = try TemporaryStore().login()
        #expect(client.send("a APPEND nowhere {10}").hasPrefix("a NO [TRYCREATE] "))
        #expect(client.send("b APPEND INBOX {99999999999}").hasPrefix("b NO [TOOBIG] "))
        #expect(client.send("c NOOP") == "c OK NOOP completed\r\n")
    }

    @Test func appendToTheSelectedMailboxShowsItself() throws {
        let client = try TemporaryStore().login()
        client.send("s SELECT INBOX")
        #expect(client.send("a APPEND INBOX {\(Self.mail.utf8.count)}").hasPrefix("+ "))
        let answer = client.sendRaw(Self.mail + "\r\n")
        #expect(answer.hasPrefix("* 1 EXISTS\r\n* 1 RECENT\r\na OK [APPENDUID "))
        #expect(answer.contains(" 1] APPEND completed\r\n"))
    }

    @Test func severalMessagesAreAppendedTogetherOrNotAtAll() throws {
        let client = try TemporaryStore().login()
        client.send("s SELECT INBOX")
        let both = client.sendRaw("a APPEND INBOX {3+}\r\none {3+}\r\ntwo\r\n")
        #expect(both.contains("* 2 EXISTS") && both.contains(" 1:2] APPEND"))
        let none = client.sendRaw("b APPEND INBOX {3+}\r\none {0+}\r\n\r\n")
        #expect(none.hasPrefix("b NO ") && !none.contains("EXISTS"))
        #expect(client.send("c NOOP") == "c OK NOOP completed\r\n")
    }

    // MARK: STORE

    @Test func storeTellsTheNewFlagsOnceAndOthersLearnOfThem() throws {
        let store = try TemporaryStore()
        let client = store.login()
        Self.append(client)
        Self.append(client)
        client.send("s SELECT INBOX")
        let other = store.login()
        other.send("s SELECT INBOX")
        #expect(
            client.send("a STORE 1:2 +FLAGS (\\Seen)")
                == "* 1 FETCH (FLAGS (\\Seen \\Recent))\r\n* 2 FETCH (FLAGS (\\Seen \\Recent))\r\n"
                + "a OK STORE completed\r\n")
        #expect(client.send("b STORE 1 +FLAGS.SILENT (\\Flagged)") == "b OK STORE completed\r\n")
        #expect(
            other.send("a NOOP")
                == "* 1 FETCH (FLAGS (\\Flagged \\Seen))\r\n* 2 FETCH (FLAGS (\\Seen))\r\n"
                + "a OK NOOP completed\r\n")
        #expect(
            client.send("c UID STORE 2 FLAGS (blue)")
                == "* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft blue)\r\n"
                + "* OK [PERMANENTFLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft blue \\*)] "
                + "Flags permitted\r\n"
                + "* 2 FETCH (UID 2 FLAGS (\\Recent blue))\r\nc OK STORE completed\r\n")
        #expect(client.send("d STORE 3 FLAGS ()").hasPrefix("d BAD "))
        #expect(client.send("e UID STORE 9 FLAGS ()") == "e OK STORE completed\r\n")
    }

    @Test func unchangedSinceLeavesChangedMessagesAlone() throws {
        let store = try TemporaryStore()
        let client = store.login()
        Self.append(client)
        Self.append(client)
        let opening = client.send("s SELECT INBOX (CONDSTORE)")
        let start = try #require(opening.firstRange(of: "HIGHESTMODSEQ ")).upperBound
        let modSeq = opening[start...].prefix { $0.isNumber }
        let other = store.login()
        other.send("s SELECT INBOX")
        other.send("a STORE 2 +FLAGS.SILENT (\\Seen)")
        let answer = client.send("a STORE 1:2 (UNCHANGEDSINCE \(modSeq)) +FLAGS.SILENT (\\Deleted)")
        #expect(answer.contains("* 1 FETCH (MODSEQ ("))
        #expect(answer.contains("* 2 FETCH (FLAGS (\\Seen \\Recent) MODSEQ ("))
        #expect(answer.contains("a OK [MODIFIED 2] "))
        #expect(client.send("b NOOP") == "b OK NOOP completed\r\n")
    }

    // MARK: Expunging, with others looking on

    @Test func expungesWaitForALegalPoint() throws {
        let store = try TemporaryStore()
        let client = store.login()
        for _ in 0..<3 { Self.append(client) }
        client.send("s SELECT INBOX")
        let other = store.login()
        other.send("s SELECT INBOX")
        client.send("a STORE 1,3 +FLAGS.SILENT (\\Deleted)")
        #expect(
            client.send("b EXPUNGE")
                == "* 1 EXPUNGE\r\n* 2 EXPUNGE\r\n* 1 EXISTS\r\n* 1 RECENT\r\nb OK EXPUNGE completed\r\n"
        )
        // RFC 2180 §4.2.3: the rest is stored, NO for the others; no EXPUNGE in the midst.
        let stored = other.send("a STORE 1:2 +FLAGS (\\Seen)")
        #expect(
            stored.contains("* 2 FETCH (FLAGS (\\Seen))") && !stored.contains(" EXPUNGE\r\n")
                && stored.contains("a NO [EXPUNGEISSUED] "))
        #expect(
            other.send("b STORE 1,3 +FLAGS.SILENT (\\Seen)").hasSuffix("b OK STORE completed\r\n"))
        #expect(
            other.send("c NOOP")
                == "* 1 EXPUNGE\r\n* 2 EXPUNGE\r\n* 1 EXISTS\r\nc OK NOOP completed\r\n")
    }

    @Test func closeExpungesSilentlyAndExamineDoesNot() throws {
        let store = try TemporaryStore()
        let client = store.login()
        Self.append(client, flags: "\\Deleted")
        client.send("s EXAMINE INBOX")
        #expect(client.send("a EXPUNGE").hasPrefix("a NO [READ-ONLY] "))
        #expect(client.send("b STORE 1 FLAGS ()").hasPrefix("b NO [READ-ONLY] "))
        #expect(client.send("c CLOSE") == "c OK CLOSE completed\r\n")
        #expect(client.send("d STATUS INBOX (MESSAGES)").contains("(MESSAGES 1)"))
        client.send("e SELECT INBOX")
        #expect(client.send("f CLOSE") == "f OK CLOSE completed\r\n")
        #expect(client.send("g STATUS INBOX (MESSAGES)").contains("(MESSAGES 0)"))
    }

    // MARK: COPY and MOVE

    @Test func moveTellsWhereMessagesWentBeforeTheyGo() throws {
        let client = try TemporaryStore().login()
        Self.append(client)
        Self.append(client)
        client.send("c CREATE there")
        client.send("s SELECT INBOX")
        let moved = client.send("a MOVE 1:2 there")
        let code = try #require(moved.firstRange(of: "* OK [COPYUID "))
        let expunge = try #require(moved.firstRange(of: "* 1 EXPUNGE"))
        #expect(code.lowerBound < expunge.lowerBound && moved.contains(" 1:2 1:2] "))
        #expect(client.send("b COPY 3 there").hasPrefix("b BAD "))
        client.send("s SELECT there")
        #expect(client.send("c UID COPY 2 nowhere").hasPrefix("c NO [TRYCREATE] "))
        #expect(client.send("d UID COPY 2 INBOX").contains("d OK [COPYUID "))
    }

    @Test func ghostsCanStillBeCopiedButNotMoved() throws {
        let store = try TemporaryStore()
        let client = store.login()
        Self.append(client)
        Self.append(client)
        client.send("s SELECT INBOX")
        let other = store.login()
        other.send("s SELECT INBOX")
        client.send("a STORE 1 +FLAGS.SILENT (\\Deleted)")
        client.send("b EXPUNGE")
        other.send("x CREATE there")
        let again = store.login()
        again.send("s SELECT INBOX")
        client.send("c STORE 1 +FLAGS.SILENT (\\Deleted)")
        client.send("d EXPUNGE")
        #expect(again.send("a MOVE 1 there").contains("a NO [EXPUNGEISSUED] "))
        again.send("b SELECT INBOX")
        #expect(again.send("c STATUS there (MESSAGES)").contains("(MESSAGES 0)"))
    }

    // MARK: Mailboxes that go away

    @Test func aDeletedMailboxStaysWithThoseWhoHaveIt() throws {
        let store = try TemporaryStore()
        let client = store.login()
        client.send("a CREATE box")
        Self.append(client, to: "box")
        client.send("s SELECT box")
        let other = store.login()
        #expect(other.send("a DELETE box") == "a OK DELETE completed\r\n")
        #expect(other.send("b SELECT box").contains("b NO [NONEXISTENT] "))
        #expect(other.send("c CREATE box").contains("c NO [INUSE] "))
        #expect(client.send("b STORE 1 +FLAGS (\\Seen)").contains("b OK "))
        #expect(client.send("c COPY 1 INBOX").contains("c OK [COPYUID "))
        #expect(!client.send("d LIST \"\" *").contains("box"))
        client.send("e UNSELECT")
        #expect(other.send("d CREATE box").contains("d OK "))
    }

    @Test func deletingTheSelectedMailboxGivesItUp() throws {
        let client = try TemporaryStore().login()
        client.send("a CREATE box")
        client.send("s SELECT box")
        #expect(client.send("b DELETE box").hasPrefix("* OK [CLOSED] "))
        #expect(client.state == .authenticated)
        #expect(client.send("c CREATE box").contains("c OK "))
    }

    // MARK: IDLE

    @Test func idleTellsNewsUntilDone() throws {
        let store = try TemporaryStore()
        let client = store.login()
        client.send("s SELECT INBOX")
        #expect(client.send("a IDLE").hasPrefix("+ "))
        #expect(client.isWatching)
        Self.append(store.login())
        #expect(client.news() == "* 1 EXISTS\r\n* 1 RECENT\r\n")
        #expect(client.news() == "")
        #expect(client.send("done") == "a OK IDLE completed\r\n")
        #expect(!client.isWatching)
    }

    @Test func updatesThatDoNotFitTheBufferGoOutInPieces() throws {
        let store = try TemporaryStore()
        let writer = store.login()
        for _ in 0..<20 { Self.append(writer) }
        var limits = SessionLimits()
        limits.outHighWaterBytes = 64
        let client = store.connect(limits)
        client.send("l LOGIN anna secret")
        client.send("s SELECT INBOX")
        client.largestWrite = 0
        let stored = client.send("a STORE 1:20 +FLAGS (\\Deleted)")
        #expect(
            stored.split(separator: "\r\n").count == 21
                && stored.hasSuffix("a OK STORE completed\r\n"))
        #expect(client.largestWrite < 256)
        let idling = store.connect(limits)
        idling.send("l LOGIN anna secret")
        idling.send("s SELECT INBOX")
        idling.send("a IDLE")
        client.send("b EXPUNGE")
        let news = idling.news()
        #expect(news.split(separator: "\r\n").count == 21 && news.hasSuffix("* 0 EXISTS\r\n"))
        #expect(idling.send("DONE") == "a OK IDLE completed\r\n")
    }

    // MARK: The rest

    @Test func listAndStatusAnswer() throws {
        let client = try TemporaryStore().login()
        client.send("a CREATE Sent (USE (\\Sent))")
        client.send("b CREATE a/b")
        #expect(
            client.send("c LIST \"\" \"\"")
                == "* LIST (\\Noselect) \"/\" \"\"\r\nc OK LIST completed\r\n")
        #expect(
            client.send("d LIST \"\" *")
                == "* LIST (\\HasNoChildren) \"/\" INBOX\r\n"
                + "* LIST (\\HasNoChildren \\Sent) \"/\" Sent\r\n"
                + "* LIST (\\HasChildren) \"/\" a\r\n* LIST (\\HasNoChildren) \"/\" a/b\r\n"
                + "d OK LIST completed\r\n")
        #expect(
            client.send("e LIST \"\" INBOX RETURN (STATUS (MESSAGES UNSEEN))")
                == "* LIST (\\HasNoChildren) \"/\" INBOX\r\n* STATUS INBOX (MESSAGES 0 UNSEEN 0)\r\n"
                + "e OK LIST completed\r\n")
        #expect(client.send("f DELETE a").contains("f OK "))
        #expect(
            client.send("g LIST \"\" %").contains("* LIST (\\Noselect \\HasChildren) \"/\" a\r\n"))
        #expect(client.send("h CREATE again (USE (\\Sent))").contains("h NO [USEATTR] "))
        #expect(client.send("i DELETE INBOX").contains("i NO [CANNOT] "))
    }

    @Test func namespaceEnableAndIDAnswer() throws {
        let client = try TemporaryStore().login()
        #expect(client.send("a NAMESPACE").hasPrefix("* NAMESPACE ((\"\" \"/\")) NIL NIL\r\na OK"))
        #expect(client.send("b ENABLE CONDSTORE X").hasPrefix("* ENABLED CONDSTORE\r\nb OK"))
        #expect(client.send("c ENABLE X").hasPrefix("* ENABLED\r\nc OK"))
        #expect(client.send("d ID (\"name\" \"t\")").hasPrefix("* ID (\"name\" \"Hindsight\""))
    }

    @Test func logoutSaysByeFirst() throws {
        let client = try TemporaryStore().login()
        client.send("s SELECT INBOX")
        #expect(client.send("z LOGOUT") == "* BYE Logging out\r\nz OK LOGOUT completed\r\n")
        #expect(client.isClosed)
        #expect(client.send("y NOOP") == "")
    }

    @Test func aLineThatCannotBeReadIsAnsweredAndNothingElseIsTold() throws {
        let store = try TemporaryStore()
        let client = store.login()
        client.send("s SELECT INBOX")
        Self.append(store.login())
        let answer = client.send("a FETCH 1 (NONSENSE")
        #expect(answer.hasPrefix("a BAD ") && !answer.contains("EXISTS"))
    }
}
