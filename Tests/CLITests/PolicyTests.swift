import Foundation
import Testing

@Suite struct PolicyTests {
    private let store: StoreFixture

    init() throws { store = try StoreFixture() }

    /// Answer and who chose it, by question.
    private func shown(_ target: String...) throws -> [String: [String]] {
        let outcome = try store.hindsight.run(
            ["policy", "show", "--json", "--store", store.hindsight.store] + target)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let object = try #require(try outcome.objects().first)
        return object.compactMapValues { value in
            guard let row = value as? [String: Any] else { return nil }
            return [row["answer"] as? String ?? "", row["chosenBy"] as? String ?? ""]
        }
    }

    @Test func theLesserComesBeforeTheGreater() throws {
        #expect(try shown()["fetch"] == ["ghost", "default"])
        #expect(try store.hindsight("policy", "set", "--preset", "strict").status == 0)
        #expect(
            try store.hindsight("policy", "set", "fetch=nil", "copy=ghosts", "--account", "ann")
                .status == 0)
        let inbox = ["--account", "ann", "--mailbox", "INBOX"]
        #expect(
            try store.hindsight.run(
                ["policy", "set", "copy=refuse", "--store", store.hindsight.store] + inbox
            ).status == 0)
        #expect(try shown()["fetch"] == ["partial", "store"])
        let answers = try shown("--account", "ann", "--mailbox", "INBOX")
        #expect(answers["store"] == ["nothing", "store"])
        #expect(answers["fetch"] == ["nil", "account ann"])
        #expect(answers["copy"] == ["refuse", "mailbox ann/INBOX"])
        #expect(
            try store.hindsight("policy", "show").output.contains(
                "mailbox ann/INBOX: copy=refuse"))
        try store.expectSound()
    }

    @Test func whatIsLeftToTheLayerBelowIsAnswered() throws {
        #expect(try store.hindsight("policy", "set", "--preset", "immediate").status == 0)
        #expect(try store.hindsight("policy", "set", "fetch=inherit").status == 0)
        #expect(try shown()["fetch"] == ["ghost", "default"])
        #expect(try shown()["delete"] == ["disconnect", "store"])
        #expect(try store.hindsight("policy", "set", "--reset", "search=include").status == 0)
        #expect(try shown()["delete"] == ["ghost", "default"])
        #expect(try shown()["search"] == ["include", "store"])
    }

    @Test func aChangeIsAnEventAndNoChangeIsNone() throws {
        for _ in 0..<2 {
            #expect(try store.hindsight("policy", "set", "fetch=nil").status == 0)
        }
        let log = try store.hindsight("log", "--json", "--type", "policyChanged").objects()
        #expect(log.count == 1)
        let event = log.first?["event"] as? [String: Any]
        #expect(event?["answers"] as? [String: String] == ["fetch": "nil"])
        #expect(try store.hindsight("log").output.contains("policy: fetch nil"))
    }

    @Test(arguments: [
        ["fetch=maybe"], ["fetsh=nil"], ["fetch"], [], ["fetch=nil", "fetch=ghost"],
        ["fetch=nil", "--mailbox", "INBOX"], ["--preset", "kind"],
        ["--preset", "strict", "--reset"],
    ])
    func whatMakesNoSenseIsRefused(arguments: [String]) throws {
        let outcome = try store.hindsight.run(
            ["policy", "set", "--store", store.hindsight.store] + arguments)
        #expect(outcome.status == 64)
        #expect(try store.hindsight("log", "--type", "policyChanged").output.isEmpty)
    }

    @Test func whoIsNotThereHasNoPolicy() throws {
        for target in [["--account", "bob"], ["--account", "ann", "--mailbox", "None"]] {
            let outcome = try store.hindsight.run(
                ["policy", "set", "fetch=nil", "--store", store.hindsight.store] + target)
            #expect(outcome.status == 2 && outcome.errors.contains("there is no"))
        }
    }

    @Test func revokeWithdrawsOnlyGhosts() throws {
        #expect(
            try store.hindsight("revoke", "INBOX", "--account", "ann").errors
                .contains("is not deleted"))
        #expect(try store.hindsight("revoke", "None", "--account", "ann").status == 1)
        try store.files.write("Subject: one\n\nx\n", to: "one.eml")
        _ = try store.hindsight("import", store.files.path("one.eml"), "--account", "ann")
        let uids = ["--account", "ann", "--uids", "1"]
        func revoke(_ more: String...) throws -> HindsightProcess.Outcome {
            try store.hindsight.run(
                ["revoke", "INBOX", "--store", store.hindsight.store] + uids + more)
        }
        #expect(try revoke().status == 2)
        #expect(try revoke("--expunge").status == 0)
        #expect(try revoke().status == 1)
        #expect(try store.hindsight("log").output.contains("withdrew 1 message (UID 1)"))
        #expect(
            try store.hindsight("revoke", "INBOX", "--account", "ann", "--uids", "0:x").status == 64
        )
        #expect(try store.hindsight("revoke", "--account", "ann").status == 64)
        #expect(
            try store.hindsight("revoke", "--account", "ann", "--email", "M1-0").status == 1)
        try store.expectSound()
    }
}
