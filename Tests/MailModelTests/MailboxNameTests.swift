import MailModel
import Testing

/// Names are bytes: two that only look alike are two mailboxes, as they are two keys of the store.
@Suite struct MailboxNameTests {
    @Test func onlyTheLettersOfASCIIMakeINBOX() throws {
        #expect(try MailboxName("iNbOx").isInbox)
        #expect(try !MailboxName("\u{131}nbox").isInbox)
        #expect(try MailboxName("Inbox/x").string == "INBOX/x")
    }

    @Test func composedAndDecomposedLettersAreDifferent() throws {
        let composed = try MailboxName("caf\u{E9}")
        let decomposed = try MailboxName("cafe\u{301}")
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(composed.moved(from: decomposed, to: .inbox) == nil)
        #expect(try !MailboxName("caf\u{E9}/x").isBelow(decomposed))
    }

    @Test func aLevelMayBeginWithACombiningMark() throws {
        let above = try MailboxName("a")
        let below = try MailboxName("a/\u{301}x")
        #expect(below.isBelow(above))
        #expect(try below.moved(from: above, to: MailboxName("b")) == MailboxName("b/\u{301}x"))
    }
}

@Suite struct KeywordTests {
    @Test func caseDoesNotMatter() throws {
        let one = try #require(Keyword("$Junk"))
        let other = try #require(Keyword("$jUNK"))
        #expect(one == other)
        #expect(Set([one, other]).count == 1)
        #expect(FlagSet(keywords: [one, other]).keywords.map(\.name) == ["$Junk"])
        #expect(try one != #require(Keyword("$JunK1")))
        // "@" and "`", "[" and "{" differ by the bit that letters differ by.
        #expect(try #require(Keyword("a@")) != #require(Keyword("a`")))
    }
}
