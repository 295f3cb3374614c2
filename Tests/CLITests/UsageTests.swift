import Testing

@Suite struct UsageTests {
    @Test(arguments: [
        ["nonsense"], ["import", "x"], ["import", "--account", "ann"], ["log", "--limit", "0"],
        ["log", "--since", "yesterday"], ["log", "--type", "mailLost"],
        ["export", "out", "--account", "ann", "--format", "pst"], ["rebuild", "--limit", "0"],
        ["import", "x", "--account", "ann", "--mailbox", "a//b"],
    ])
    func wrongArgumentsExitWith64(arguments: [String]) throws {
        let outcome = try HindsightProcess(store: "").run(arguments)
        #expect(outcome.status == 64)
        #expect(!outcome.errors.isEmpty)
        #expect(outcome.output.isEmpty)
    }

    @Test(arguments: [
        ["verify"], ["log"], ["account", "list"], ["mailbox", "list", "--account", "ann"],
        ["rebuild"], ["import", "x", "--account", "ann"],
    ])
    func aStoreThatIsNotThereIsSaidPlainly(arguments: [String]) throws {
        let files = try TestFiles()
        let outcome = try HindsightProcess(store: files.path("none")).run(
            arguments + ["--store", files.path("none")])
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("holds no store"))
        #expect(outcome.errors.contains("account add"))
    }

    @Test func anAccountThatIsNotThereIsSaidPlainly() throws {
        let store = try StoreFixture()
        let outcome = try store.hindsight("mailbox", "list", "--account", "zoe")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("no account zoe"))
        let log = try store.hindsight("log", "--account", "zoe")
        #expect(log.status == 2)
        #expect(log.errors.contains("no account zoe"))
    }

    @Test func aRemovedAccountStillHasALog() throws {
        let store = try StoreFixture()
        #expect(try store.hindsight("account", "remove", "ann", "--yes").status == 0)
        let log = try store.hindsight("log", "--account", "ann", "--type", "flagsChanged")
        #expect(log.status == 0, "\(log.errors)")
        #expect(log.output.isEmpty)
    }

    @Test(arguments: [
        ["log"], ["log", "--json", "--limit", "1"], ["verify"], ["account", "list"],
        ["mailbox", "list", "--account", "ann"], ["rebuild", "--compare"], ["version"],
    ])
    func anAnswerThatCannotBeWrittenIsNone(arguments: [String]) throws {
        let store = try StoreFixture()
        let place = arguments == ["version"] ? [] : ["--store", store.hindsight.store]
        let outcome = try store.hindsight.run(arguments + place, output: "/dev/full")
        #expect(outcome.status == 2)
        #expect(outcome.errors.contains("not all of the output could be written"))
    }

    @Test(arguments: [
        "", "account", "account add", "account list", "account password", "account remove",
        "import", "export", "mailbox", "mailbox list", "mailbox status", "log", "verify",
        "rebuild", "version", "serve", "who",
    ])
    func everyCommandTeachesItself(command: String) throws {
        let words = command.split(separator: " ").map(String.init)
        let outcome = try HindsightProcess(store: "").run(words + ["--help"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("OVERVIEW"))
        #expect(outcome.output.contains("USAGE"))
    }

    @Test func theVersionIsSaid() throws {
        let outcome = try HindsightProcess(store: "").run(["version"])
        #expect(outcome.status == 0)
        #expect(outcome.output.hasPrefix("hindsight "))
    }
}
