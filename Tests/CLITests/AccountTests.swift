import Foundation
import Testing

@Suite struct AccountTests {
    @Test func anAccountIsAddedListedAndRemoved() throws {
        let store = try StoreFixture()
        #expect(
            try store.names() == ["Archive", "Drafts", "INBOX", "Junk", "Sent", "Trash"])
        let list = try store.hindsight("account", "list", "--json")
        let line = try #require(try list.objects().first)
        #expect(line["account"] as? String == "ann")
        #expect(line["login"] as? Bool == true)
        let removed = try store.hindsight("account", "remove", "ann", "--yes")
        #expect(removed.status == 0, "\(removed.errors)")
        #expect(try store.hindsight("account", "list", "--json").objects().isEmpty)
        try store.expectSound()
    }

    /// Thunderbird and others show subscribed mailboxes only.
    @Test func whatIsMadeForAnAccountIsSubscribed() throws {
        let store = try StoreFixture()
        try store.files.write("A: 1\n\none\n", to: "Maildir/.Lists.Swift/cur/1.a:2,")
        try store.files.makeFolder("Maildir/.Lists.Swift/new")
        try store.files.makeFolder("Maildir/cur")
        try store.files.makeFolder("Maildir/new")
        let imported = try store.hindsight(
            "import", store.files.path("Maildir"), "--account", "ann")
        #expect(imported.status == 0, "\(imported.errors)")
        let list = try store.hindsight("mailbox", "list", "--account", "ann", "--json").objects()
        let subscribed = list.filter { $0["subscribed"] as? Bool == true }
        #expect(
            Set(subscribed.compactMap { $0["mailbox"] as? String }) == [
                "Archive", "Drafts", "Junk", "Lists/Swift", "Sent", "Trash",
            ])
        try store.expectSound()
    }

    @Test func noFoldersMakesTheInboxOnly() throws {
        let store = try StoreFixture()
        let added = try store.hindsight("account", "add", "bob", "--no-folders", input: "pw\n")
        #expect(added.status == 0, "\(added.errors)")
        let list = try store.hindsight("mailbox", "list", "--account", "bob", "--json")
        #expect(try list.objects().compactMap { $0["mailbox"] as? String } == ["INBOX"])
    }

    @Test func theLogNeverHoldsAPasswordAndTheUsersFileOnlyItsHash() throws {
        let store = try StoreFixture()
        let before = try String(
            contentsOfFile: store.files.path("store/users"), encoding: .utf8)
        let changed = try store.hindsight("account", "password", "ann", input: "another one\n")
        #expect(changed.status == 0, "\(changed.errors)")
        let after = try String(contentsOfFile: store.files.path("store/users"), encoding: .utf8)
        #expect(after.hasPrefix("ann:$y$"))
        #expect(after != before)
        #expect(!after.contains("another one"))
        #expect(!(try store.hindsight("log", "--json").output.contains("another one")))
    }

    @Test func addingTwiceIsRefusedAndAHalfAccountIsRepaired() throws {
        let store = try StoreFixture()
        let again = try store.hindsight("account", "add", "ann", input: "x\n")
        #expect(again.status == 2)
        #expect(again.errors.contains("account password ann"))
        try FileManager.default.removeItem(atPath: store.files.path("store/users"))
        #expect(try store.hindsight("account", "list").output.contains("no login"))
        let repaired = try store.hindsight("account", "add", "ann", input: "x\n")
        #expect(repaired.status == 0)
        #expect(repaired.output.contains("without a login"))
        #expect(!(try store.hindsight("account", "list").output.contains("no login")))
    }

    @Test func aLoginWithoutMailboxesGetsThem() throws {
        let store = try StoreFixture()
        let users = store.files.path("store/users")
        let kept = try Data(contentsOf: URL(fileURLWithPath: users))
        #expect(try store.hindsight("account", "remove", "ann", "--yes").status == 0)
        try kept.write(to: URL(fileURLWithPath: users))
        #expect(try store.hindsight("account", "list").output.contains("no mailboxes"))
        #expect(try store.hindsight("account", "add", "ann", input: "new\n").status == 0)
        #expect(try store.names().contains("INBOX"))
        try store.expectSound()
    }

    @Test func removalAsksAndNothingButYesWillDo() throws {
        let store = try StoreFixture()
        #expect(try store.hindsight("account", "remove", "ann", input: "y\n").status == 1)
        #expect(try store.names().contains("INBOX"))
        #expect(try store.hindsight("account", "remove", "ann", input: "yes\n").status == 0)
    }

    @Test func aStoreIsNotMadeAmongOtherFiles() throws {
        let files = try TestFiles()
        try files.write("mine", to: "home/letter.txt")
        let added = try HindsightProcess(store: files.path("home"))(
            "account", "add", "ann", input: "x\n")
        #expect(added.status == 2)
        #expect(added.errors.contains("--store"))
        let names = try FileManager.default.contentsOfDirectory(atPath: files.path("home"))
        #expect(names == ["letter.txt"])
    }

    @Test(arguments: ["", "a:b", "a/b", "#a", " a"])
    func aNameThatCannotBeIsRefusedBeforeAnythingIsMade(name: String) throws {
        let files = try TestFiles()
        let added = try HindsightProcess(store: files.path("store"))(
            "account", "add", name, input: "x\n")
        #expect(added.status == 2)
        #expect(!FileManager.default.fileExists(atPath: files.path("store")))
    }
}
