import IMAPCodec
import IMAPSession
import MailModel
import Testing

@Suite("LIST and LSUB over arrays of names")
struct MailboxListingTests {
    private static func listing(
        _ names: [String], uses: [String: SpecialUse] = [:], subscribed: [String] = []
    ) -> MailboxListing {
        MailboxListing(
            mailboxes: names.map {
                MailboxListing.Mailbox(
                    MailboxName(unchecked: $0), uses: uses[$0].map { [$0] } ?? [])
            },
            subscriptions: subscribed.map { MailboxName(unchecked: $0) })
    }

    /// A line as `name attributes… [+criteria]`, short enough for tables.
    private static func shown(_ line: ListLine) -> String {
        var words = [line.name.string]
        if line.attributes.contains(.nonExistent) { words.append("gone") }
        if line.attributes.contains(.hasChildren) { words.append("parent") }
        if line.attributes.contains(.subscribed) { words.append("subscribed") }
        for use in line.uses { words.append("\(use.attribute)") }
        if let info = line.childInfo {
            if info.contains(.subscribed) { words.append("+SUBSCRIBED") }
            if info.contains(.specialUse) { words.append("+SPECIAL-USE") }
        }
        return words.joined(separator: " ")
    }

    private static func list(
        _ listing: MailboxListing, _ pattern: String, _ selection: ListSelectionOptions = [],
        _ returns: ListReturnOptions = []
    ) throws -> [String] {
        listing.lines(matching: [try ListPattern(pattern)], selection: selection, returns: returns)
            .map(shown)
    }

    @Test(arguments: [
        ("*", ["INBOX", "a parent", "a/b parent", "a/b/c", "z"]),
        ("%", ["INBOX", "a parent", "z"]),
        ("a/%", ["a/b parent"]),
        ("%/%", ["a/b parent"]),
        ("a*", ["a parent", "a/b parent", "a/b/c"]),
        ("inbox", ["INBOX"]),
        ("InBoX", ["INBOX"]),
        ("nothing", []),
        ("a/b/c/%", []),
    ])
    func patternsChoose(_ pattern: String, _ expected: [String]) throws {
        let listing = Self.listing(["INBOX", "a", "a/b", "a/b/c", "z"])
        #expect(try Self.list(listing, pattern) == expected)
    }

    @Test func aNameThatOnlyHoldsOthersIsListedAsNoMailbox() throws {
        let listing = Self.listing(["INBOX", "a/b/c"])
        #expect(try Self.list(listing, "%") == ["INBOX", "a gone parent"])
        let above = try #require(listing.lines(matching: [try ListPattern("a")]).first)
        #expect(!above.isSelectable)
    }

    @Test func siblingsBetweenAParentAndItsChildrenDoNotHideThem() throws {
        // "a b" and "a-b" sort between "a" and "a/b".
        let listing = Self.listing(["a", "a b", "a-b", "a/b"])
        #expect(try Self.list(listing, "%") == ["a parent", "a b", "a-b"])
    }

    @Test func severalPatternsGiveEachNameOnce() throws {
        let listing = Self.listing(["a", "b", "c"])
        let lines = listing.lines(matching: [try ListPattern("%"), try ListPattern("a")])
        #expect(lines.map(Self.shown) == ["a", "b", "c"])
    }

    // RFC 5258 §5, examples.
    @Test func subscribedNamesAreListedEvenWhenTheyAreGone() throws {
        let listing = Self.listing(
            ["INBOX", "Fruit", "Fruit/Apple"], subscribed: ["INBOX", "Fruit/Banana", "Fruit/Peach"])
        #expect(
            try Self.list(listing, "*", .subscribed) == [
                "Fruit/Banana gone subscribed", "Fruit/Peach gone subscribed", "INBOX subscribed",
            ])
    }

    @Test func returningSubscribedMarksWithoutChoosing() throws {
        let listing = Self.listing(["a", "b"], subscribed: ["b", "gone"])
        #expect(try Self.list(listing, "*", [], .subscribed) == ["a", "b subscribed"])
    }

    @Test func recursiveMatchShowsParentsOfWhatIsNotShown() throws {
        let listing = Self.listing(["Foo", "Foo/Bar", "Foo/Baz", "Moo"], subscribed: ["Foo/Baz"])
        let selection: ListSelectionOptions = [.subscribed, .recursiveMatch]
        #expect(try Self.list(listing, "%", selection) == ["Foo parent +SUBSCRIBED"])
        // What is shown itself needs no parent to stand for it.
        #expect(try Self.list(listing, "*", selection) == ["Foo/Baz subscribed"])
    }

    @Test func aMatchingParentTellsOfItsChildrenToo() throws {
        let listing = Self.listing(["Foo", "Foo/Baz"], subscribed: ["Foo", "Foo/Baz"])
        #expect(
            try Self.list(listing, "%", [.subscribed, .recursiveMatch]) == [
                "Foo parent subscribed +SUBSCRIBED"
            ])
    }

    @Test func aParentThatDoesNotExistIsShownAsGoneWithItsChildren() throws {
        let listing = Self.listing(["Foo/Baz"], subscribed: ["Foo/Baz"])
        #expect(
            try Self.list(listing, "%", [.subscribed, .recursiveMatch]) == [
                "Foo gone parent +SUBSCRIBED"
            ])
    }

    @Test func specialUseChoosesAndIsAlwaysShown() throws {
        let listing = Self.listing(
            ["a", "Sent", "x/Trash"], uses: ["Sent": .sent, "x/Trash": .trash])
        #expect(
            try Self.list(listing, "*", .specialUse) == ["Sent \\Sent", "x/Trash \\Trash"])
        #expect(
            try Self.list(listing, "%", [.specialUse, .recursiveMatch]) == [
                "Sent \\Sent", "x gone parent +SPECIAL-USE",
            ])
        #expect(try Self.list(listing, "Sent") == ["Sent \\Sent"])
    }

    @Test func subscribedAndSpecialUseMustBothHold() throws {
        let listing = Self.listing(["a", "b"], uses: ["a": .sent], subscribed: ["a", "b"])
        #expect(
            try Self.list(listing, "*", [.specialUse, .subscribed]) == ["a subscribed \\Sent"])
    }

    // MARK: LSUB

    private static func lsub(_ listing: MailboxListing, _ pattern: String) throws -> [String] {
        listing.subscribedLines(
            matching: try ListPattern(pattern), hasPercent: pattern.contains("%")
        ).map { $0.attributes.contains(.noSelect) ? "\($0.name) noselect" : "\($0.name)" }
    }

    // RFC 3501 §6.3.9: "foo/bar" subscribed, "foo" not, pattern "%".
    @Test(arguments: [
        ("%", ["foo noselect", "x"]),
        ("*", ["foo/bar", "foo/gone noselect", "x"]),
        ("foo/%", ["foo/bar", "foo/gone noselect"]),
        ("foo", []),
        ("x", ["x"]),
    ])
    func lsubShowsWhatPercentWouldHide(_ pattern: String, _ expected: [String]) throws {
        let listing = Self.listing(
            ["foo", "foo/bar", "x", "y"], subscribed: ["foo/bar", "foo/gone", "x"])
        #expect(try Self.lsub(listing, pattern) == expected)
    }

    @Test func lsubShowsASubscribedParentAsItself() throws {
        let listing = Self.listing(["foo", "foo/bar"], subscribed: ["foo", "foo/bar"])
        #expect(try Self.lsub(listing, "%") == ["foo"])
    }
}
