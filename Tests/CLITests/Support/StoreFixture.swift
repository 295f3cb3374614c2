import Foundation
import Testing

/// A store with the account `ann`, and files beside it.
struct StoreFixture {
    let files: TestFiles
    let hindsight: HindsightProcess

    init() throws {
        files = try TestFiles()
        hindsight = HindsightProcess(store: files.path("store"))
        let added = try hindsight("account", "add", "ann", input: "secret\n")
        #expect(added.status == 0, "\(added.errors)")
    }

    /// A message as a mailbox has it.
    struct Message: Hashable, Comparable {
        let digest: String
        let flags: [String]
        let date: String

        static func < (left: Message, right: Message) -> Bool {
            (left.digest, left.date, left.flags.joined()) < (
                right.digest, right.date, right.flags.joined()
            )
        }
    }

    /// What was appended to a mailbox by this account, from the log.
    func messages(in mailbox: String, of account: String = "ann") throws -> [Message] {
        let log = try hindsight(
            "log", "--json", "--account", account, "--mailbox", mailbox, "--type",
            "messagesAppended")
        #expect(log.status == 0, "\(log.errors)")
        return try log.objects().flatMap { event -> [Message] in
            let payload = event["event"] as? [String: Any]
            let messages = payload?["messages"] as? [[String: Any]] ?? []
            return messages.map { message in
                Message(
                    digest: message["digest"] as? String ?? "",
                    flags: (message["flags"] as? [String] ?? []).sorted(),
                    date: message["internalDate"] as? String ?? "")
            }
        }
    }

    func names() throws -> [String] {
        let list = try hindsight("mailbox", "list", "--account", "ann", "--json")
        return try list.objects().compactMap { $0["mailbox"] as? String }
    }

    /// `verify` and `rebuild --compare` find nothing.
    func expectSound() throws {
        let verify = try hindsight("verify")
        #expect(verify.status == 0, "\(verify.output)\(verify.errors)")
        let compare = try hindsight("rebuild", "--compare")
        #expect(compare.status == 0, "\(compare.output)\(compare.errors)")
    }
}
