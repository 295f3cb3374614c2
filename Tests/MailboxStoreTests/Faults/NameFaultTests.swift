import MailEvents
import MailModel
import MailboxStore
import Testing

/// Names are their bytes; accounts and their mailboxes are never mistaken for earlier ones.
@Suite struct NameFaultTests {
    let fixture: StoreFixture
    let account: AccountID

    init() throws {
        fixture = try StoreFixture()
        account = try fixture.account("ada")
    }

    private func names() throws -> [[UInt8]] {
        try fixture.store.read { reader throws(StoreError) in
            try reader.mailboxes(of: account).map { Array($0.1.name.string.utf8) }
        }
    }

    @Test func namesThatLookAlikeAreTwoMailboxes() throws {
        let one = try name("\u{E9}t\u{E9}")
        let other = try name("e\u{301}te\u{301}")
        try fixture.perform(CreateMailbox(account: account, name: one))
        try fixture.perform(CreateMailbox(account: account, name: other))
        try fixture.perform(RenameMailbox(account: account, from: one, to: try name("x")))
        #expect(try names() == ["INBOX", "e\u{301}te\u{301}", "x"].map { Array($0.utf8) })
        try fixture.expectNoDrift()
    }

    @Test func childrenFollowWhateverTheirNamesBeginWith() throws {
        for child in ["a/\u{301}b", "\u{600}/b"] {
            try fixture.perform(CreateMailbox(account: account, name: try name(child)))
        }
        try fixture.perform(
            RenameMailbox(account: account, from: try name("a"), to: try name("x")))
        try fixture.perform(
            RenameMailbox(account: account, from: try name("\u{600}"), to: try name("y")))
        #expect(
            try names() == ["INBOX", "x", "x/\u{301}b", "y", "y/b"].map { Array($0.utf8) })
    }

    @Test func inboxIsInboxInASCIIOnly() throws {
        #expect(try name("inBox/x").string == "INBOX/x")
        #expect(try !name("\u{131}nbox").isInbox)
    }

    @Test func anAccountMadeAgainNeverRepeatsAUIDValidity() throws {
        let first = CreateAccount(
            name: "bob", mailboxes: [(try name("Sent"), .sent), (try name("Junk"), .junk)])
        try fixture.perform(first)
        let old = try #require(
            try fixture.store.read { reader throws(StoreError) in
                try reader.account(named: "bob")
            })
        let validities = try fixture.store.read { reader throws(StoreError) in
            try reader.mailboxes(of: old).map(\.1.uidValidity)
        }
        try fixture.perform(RemoveAccount(name: "bob"))
        let again = try fixture.account("bob")
        let inbox = try fixture.row(.inbox, of: again)
        #expect(validities.allSatisfy { $0 < inbox.uidValidity })
    }

    @Test func nothingIsMadeInARemovedAccount() throws {
        try fixture.perform(RemoveAccount(name: "ada"))
        let change = CreateMailbox(account: account, name: try name("late"))
        #expect(throws: StoreFixture.Refused.self) { try fixture.perform(change) }
        let subscribe = Subscribe(account: account, name: try name("late"))
        #expect(throws: StoreFixture.Refused.self) { try fixture.perform(subscribe) }
    }
}
