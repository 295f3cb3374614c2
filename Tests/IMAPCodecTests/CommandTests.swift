import IMAPCodec
import MailModel
import Testing

/// Good input: the value of each rule.
@Suite struct CommandTests {
    @Test(arguments: [
        ("a CAPABILITY", Command.capability), ("a noop", .noop), ("a LogOut", .logout),
        ("a STARTTLS", .startTLS), ("a NAMESPACE", .namespace), ("a CHECK", .check),
        ("a CLOSE", .close), ("a UNSELECT", .unselect), ("a IDLE", .idle),
        ("a EXPUNGE", .expunge(ExpungeCommand(uids: nil))), ("a NOOP   ", .noop),
        ("a FOO bar", .unknown(name: "FOO")), ("a FOO", .unknown(name: "FOO")),
        ("a UID EXPUNGE 1:3", .expunge(ExpungeCommand(uids: set((1, 3))))),
    ])
    func simpleCommandsAreRead(line: String, wanted: Command) {
        #expect(command(line) == wanted)
    }

    @Test(arguments: [
        "a SELECT x ", "a EXAMINE x  ", "a CREATE x ", "a ENABLE CONDSTORE ", "a SEARCH ALL ",
        "a SEARCH ALL  ", "a FETCH 1 FLAGS  ", "a LIST \"\" *  ",
        "a AUTHENTICATE PLAIN ", "a STORE 1 FLAGS \\Seen ",
    ])
    func spacesAtTheEndAreForgiven(line: String) {
        #expect(command(line) == command(String(line.reversed().drop { $0 == " " }.reversed())))
        #expect(command(line) != nil)
    }

    @Test(arguments: [
        ("a LOGIN u p", Command.login(LoginCommand(user: "u", password: Array("p".utf8)))),
        (
            "a LOGIN \"a\\\"b\" \"c\\\\d\"",
            .login(LoginCommand(user: "a\"b", password: Array("c\\d".utf8)))
        ),
        ("a LOGIN {1}\r\nu {0}\r\n", .login(LoginCommand(user: "u", password: []))),
        (
            "a AUTHENTICATE plain",
            .authenticate(AuthenticateCommand(mechanism: "PLAIN", initialResponse: nil))
        ),
        (
            "a AUTHENTICATE PLAIN =",
            .authenticate(AuthenticateCommand(mechanism: "PLAIN", initialResponse: []))
        ),
        (
            "a AUTHENTICATE PLAIN AHUAcA==",
            .authenticate(
                AuthenticateCommand(mechanism: "PLAIN", initialResponse: [0, 0x75, 0, 0x70]))
        ),
        ("a ID NIL", .id(IDCommand(fields: []))),
        (
            "a ID (\"name\" \"x\" \"os\" nil)",
            .id(
                IDCommand(fields: [
                    IDCommand.Field(name: "name", value: "x"),
                    IDCommand.Field(name: "os", value: nil),
                ]))
        ),
        ("a ENABLE condstore X", .enable(EnableCommand(capabilities: ["CONDSTORE", "X"]))),
    ])
    func loginCommandsAreRead(line: String, wanted: Command) {
        #expect(command(line) == wanted)
    }

    @Test(arguments: [
        ("a SELECT inbox", Command.select(SelectCommand(mailbox: mailbox("INBOX")))),
        (
            "a EXAMINE a (CONDSTORE)",
            .examine(SelectCommand(mailbox: mailbox("a"), enablesCondStore: true))
        ),
        ("a SELECT Entw&APw-rfe", .select(SelectCommand(mailbox: mailbox("Entwürfe")))),
        ("a SELECT \"Entwürfe\"", .select(SelectCommand(mailbox: mailbox("Entwürfe")))),
        ("a SELECT a&-b", .select(SelectCommand(mailbox: mailbox("a&b")))),
        ("a CREATE a/", .create(CreateCommand(mailbox: mailbox("a")))),
        (
            "a CREATE a (USE (\\sent \\Foo \\Sent))",
            .create(CreateCommand(mailbox: mailbox("a"), uses: [.sent], unknownUses: ["\\Foo"]))
        ),
        ("a DELETE {3}\r\na b", .delete(DeleteCommand(mailbox: mailbox("a b")))),
        (
            "a RENAME a b",
            .rename(RenameCommand(source: mailbox("a"), destination: mailbox("b")))
        ),
        ("a SUBSCRIBE a", .subscribe(SubscribeCommand(mailbox: mailbox("a")))),
        ("a UNSUBSCRIBE a", .unsubscribe(SubscribeCommand(mailbox: mailbox("a")))),
        (
            "a STATUS a (MESSAGES size MESSAGES)",
            .status(StatusCommand(mailbox: mailbox("a"), items: [.messages, .size]))
        ),
        ("a LSUB r %", .lsub(LsubCommand(reference: .valid("r"), pattern: .valid("%")))),
        (
            "a UID COPY 2:4 b",
            .copy(CopyCommand(kind: .uid, messages: set((2, 4)), mailbox: mailbox("b")))
        ),
        (
            "a MOVE * b",
            .move(CopyCommand(kind: .sequence, messages: set((nil, nil)), mailbox: mailbox("b")))
        ),
    ])
    func mailboxCommandsAreRead(line: String, wanted: Command) {
        #expect(command(line) == wanted)
    }

    @Test(arguments: [
        "&", "&b", "&AGE-", "&AOk", "&AOk-&AOk-", "&2AA-", "&AOkA-", "a\u{7F}", "\"a\\\\&*-\"",
    ])
    func namesThatAreNotModifiedUTF7AreKeptForTheSession(name: String) throws {
        let parsed = command("a SELECT \(name)")
        guard name != "a\u{7F}" else { return #expect(parsed == nil) }
        guard case .select(let select) = try #require(parsed) else {
            Issue.record("not a SELECT")
            return
        }
        #expect(select.mailbox.name == nil)
    }

    @Test(arguments: [
        (
            "a LIST \"\" *",
            ListCommand(reference: .valid(""), patterns: [.valid("*")])
        ),
        (
            "a LIST (SUBSCRIBED RECURSIVEMATCH) r (a \"b %\")",
            ListCommand(
                reference: .valid("r"), patterns: [.valid("a"), .valid("b %")],
                selection: [.subscribed, .recursiveMatch], isExtended: true)
        ),
        (
            "a LIST \"\" % RETURN (CHILDREN STATUS (UNSEEN) SPECIAL-USE)",
            ListCommand(
                reference: .valid(""), patterns: [.valid("%")], returns: [.children, .specialUse],
                statusItems: [.unseen], isExtended: true)
        ),
        (
            "a LIST \"\" &AOk-/% RETURN ()",
            ListCommand(reference: .valid(""), patterns: [.valid("é/%")], isExtended: true)
        ),
    ])
    func listIsRead(line: String, wanted: ListCommand) {
        #expect(command(line) == .list(wanted))
    }

    @Test(arguments: [
        (
            "a STORE 1 +FLAGS.SILENT (\\Seen $Junk $junk)",
            StoreCommand(
                kind: .sequence, messages: set((1, 1)), operation: .add, isSilent: true,
                flags: FlagSet(system: .seen, keywords: keyword("$Junk")))
        ),
        (
            "a UID STORE 1:* (UNCHANGEDSINCE 0) -FLAGS \\Deleted \\Recent",
            StoreCommand(
                kind: .uid, messages: set((1, nil)), operation: .remove,
                flags: FlagSet(system: .deleted), unchangedSince: ModSeq(0))
        ),
        (
            "a STORE $ FLAGS ()",
            StoreCommand(
                kind: .sequence, messages: .savedResult, operation: .replace, flags: FlagSet())
        ),
    ])
    func storeIsRead(line: String, wanted: StoreCommand) {
        #expect(command(line) == .store(wanted))
    }

    @Test(arguments: [
        ("1", set((1, 1))), ("1:3", set((1, 3))), ("3:1", set((3, 1))), ("*", set((nil, nil))),
        ("1,2,3", set((1, 3))), ("5:7,6:9", set((5, 9))),
        ("1,*,2", set((1, 1), (nil, nil), (2, 2))),
        ("4294967295", set((.max, .max))), ("1:4294967295,1:4294967295", set((1, .max))),
        ("$", .savedResult), ("*:4", set((nil, 4))), ("9,1", set((9, 9), (1, 1))),
    ])
    func sequenceSetsAreRead(text: String, wanted: SequenceSet) {
        #expect(
            command("a FETCH \(text) FLAGS")
                == .fetch(FetchCommand(kind: .sequence, messages: wanted, items: [.flags])))
    }
}
