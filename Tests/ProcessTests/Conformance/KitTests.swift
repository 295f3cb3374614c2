import Foundation
import MailModel
import MailTesting
import Testing

extension ProcessTests {
    /// `hindsight conformance` against the server itself: it names the policy that holds.
    @Suite(.serialized) struct KitTests {
        /// Every answer is among these.
        static let choices: [[String]] = [
            ["--preset", "patient"], ["--preset", "strict"], ["--preset", "immediate"],
            [
                "delete=refuse", "rename=refuse", "expunge=refuse", "search=include",
            ],
            ["name=reusable", "rename=disconnect", "search=include"],
            ["rename=follow-without-hint", "fetch=nil", "store=nothing"],
        ]

        @Test(arguments: choices)
        func theKitNamesThePolicyThatHolds(choice: [String]) async throws {
            try await onOwnThread {
                let place = try TemporaryDirectory()
                let server = try ServerProcess(store: place.path + "/store")
                let store = ["--store", server.store]
                let set = try Programs.run([Programs.hindsight, "policy", "set"] + choice + store)
                #expect(set.status == 0, "\(set.report)")
                let shown = try Programs.run(
                    [Programs.hindsight, "policy", "show", "--json"] + store)
                let kit = try Programs.run([
                    Programs.hindsight, "conformance", "--json", "--host", "127.0.0.1", "--port",
                    "\(server.port)", "--user", "kit", "--password", ServerProcess.password,
                ])
                #expect(kit.status == 0, "\(kit.report)")
                let report = try Self.object(kit.output)
                let policy = try Self.object(shown.output)
                for question in PolicyQuestion.allCases {
                    let wanted = (policy[question.name] as? [String: Any])?["answer"] as? String
                    let found = try #require(Self.answer(to: question.name, in: report))
                    if question.answers.contains(where: { $0.name == found }) {
                        #expect(found == wanted, "\(question.name), \(choice)")
                    } else {
                        // Where nothing can be deleted, or nobody stays, nobody holds a name; where
                        // nothing can be expunged there is nothing to ask about.
                        #expect(
                            found.hasPrefix("moot: ")
                                || (question == .names && found == "free: nobody holds it"),
                            "\(question.name): \(found)")
                    }
                }
                let left = try Programs.run(
                    [Programs.hindsight, "mailbox", "list", "--json", "--account", "kit"] + store)
                #expect(left.output.split(separator: "\n").count == 1, "\(left.output)")
            }
        }

        private static func answer(to question: String, in report: [String: Any]) -> String? {
            let findings = report["findings"] as? [[String: Any]] ?? []
            return findings.first { $0["question"] as? String == question }?["answer"] as? String
        }

        private static func object(_ text: String) throws -> [String: Any] {
            try #require(
                JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
        }
    }
}
