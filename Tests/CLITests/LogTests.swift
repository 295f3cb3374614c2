import Foundation
import Testing

@Suite struct LogTests {
    @Test func everyEventIsOneObjectWithAllThatIsOnRecord() throws {
        let store = try StoreFixture()
        try store.files.write("Subject: one\n\nx\n", to: "one.eml")
        #expect(
            try store.hindsight("import", store.files.path("one.eml"), "--account", "ann").status
                == 0)
        let events = try store.hindsight("log", "--json").objects()
        #expect(events.compactMap { $0["position"] as? Int } == Array(1...events.count))
        #expect(events.first?["type"] as? String == "storeCreated")
        let last = try #require(events.last)
        #expect(last["type"] as? String == "messagesAppended")
        #expect(last["account"] as? String == "ann")
        #expect(last["mailbox"] as? String == "INBOX")
        #expect(last["cause"] as? String == "import")
        #expect((last["actor"] as? [String: Any])?["protocol"] as? String == "cli")
        #expect((last["digest"] as? String)?.count == 64)
        let message = ((last["event"] as? [String: Any])?["messages"] as? [[String: Any]])?.first
        #expect((message?["digest"] as? String)?.count == 64)
        #expect(message?["uid"] as? Int == 1)
    }

    @Test func filtersNarrowWhatIsShown() throws {
        let store = try StoreFixture()
        #expect(
            try store.hindsight("account", "add", "bob", "--no-folders", input: "x\n").status == 0)
        let all = try store.hindsight("log", "--json").objects()
        func count(_ arguments: String...) throws -> Int {
            let outcome = try store.hindsight.run(
                ["log", "--json"] + arguments + ["--store", store.hindsight.store])
            #expect(outcome.status == 0, "\(outcome.errors)")
            return try outcome.objects().count
        }
        #expect(try count("--account", "bob") == 2)
        #expect(try count("--mailbox", "INBOX") == 2)
        #expect(try count("--mailbox", "INBOX", "--account", "ann") == 1)
        #expect(try count("--type", "accountCreated") == 2)
        #expect(try count("--type", "accountCreated", "--type", "storeCreated") == 3)
        #expect(try count("--since", "2", "--until", "3") == 2)
        #expect(try count("--since", "18446744073709551615") == 0)
        #expect(try count("--since", "2020-01-01T00:00:00Z") == all.count)
        #expect(try count("--until", "2020-01-01") == 0)
        #expect(try count("--limit", "3") == 3)
        #expect(try count("--actor", "nobody at all") == 0)
        let last = try store.hindsight("log", "--json", "--limit", "1").objects().first
        #expect(last?["position"] as? Int == all.count)
        let time = try #require(last?["time"] as? String)
        #expect(try count("--since", time, "--until", time) >= 1)
    }

    @Test func linesForPeopleSayWhatHappenedInWords() throws {
        let store = try StoreFixture()
        for name in ["a", "b"] { try store.files.write("A: \(name)\n\nx\n", to: "m/\(name).eml") }
        #expect(
            try store.hindsight("import", store.files.path("m"), "--account", "ann").status == 0)
        let log = try store.hindsight("log", "--utc").output
        #expect(log.contains("ann INBOX"))
        #expect(log.contains("appended 2 messages (UIDs 1:2)"))
        #expect(log.contains("created the mailbox for \\Sent"))
        #expect(log.contains("created account ann"))
    }
}
