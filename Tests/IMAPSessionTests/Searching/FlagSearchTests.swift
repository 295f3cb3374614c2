import IMAPSession
import MailModel
import MailTesting
import Testing

/// A large mailbox is searched for flags in a column beside its rows; that must never show.
@Suite("SEARCH of flags in a large mailbox")
struct FlagSearchTests {
    private static let size = 1500

    private static func client(_ store: TemporaryStore) throws -> MemoryClient {
        let client = store.login()
        client.send("c CREATE big")
        let letters = String(repeating: " (\\Flagged) {3+}\r\nabc {3+}\r\nabc", count: 250)
        for number in 0..<3 { client.send("a\(number) APPEND big\(letters)") }
        client.send("s SELECT big")
        return client
    }

    /// What is found: in the column, and in the rows, which MODSEQ needs.
    private static func found(_ client: MemoryClient, _ keys: String) -> (String, String) {
        let quick = numbers(client.send("q UID SEARCH \(keys)"))
        return (quick, numbers(client.send("r UID SEARCH \(keys) MODSEQ 1")))
    }

    private static func numbers(_ answer: String) -> String {
        let line = answer.split(separator: "\r\n").first { $0.hasPrefix("* SEARCH") } ?? ""
        return line.prefix { $0 != "(" }.split(separator: " ").joined(separator: " ")
    }

    private static let keys = [
        "UNSEEN", "SEEN", "FLAGGED UNSEEN", "DELETED", "NOT FLAGGED", "ALL", "UNDELETED 1:700",
        "SEEN UNFLAGGED UID 1:*",
    ]

    @Test func theColumnFollowsWhateverHappens() throws {
        let store = try TemporaryStore()
        let (client, other) = (try Self.client(store), store.login())
        other.send("o SELECT big")
        var random = SeededGenerator(seed: 7)
        for round in 0..<40 {
            let first = Int.random(in: 1...Self.size, using: &random)
            let uids = "\(first):\(first + Int.random(in: 0...200, using: &random))"
            let flags = ["\\Seen", "\\Deleted", "\\Flagged", "blue"]
            let flag = flags.randomElement(using: &random) ?? ""
            let sign = ["+", "-", ""].randomElement(using: &random) ?? ""
            other.send("x UID STORE \(uids) \(sign)FLAGS.SILENT (\(flag))")
            if round % 5 == 4 { other.send("e UID EXPUNGE \(uids)") }
            if round % 7 == 6 { other.send("p APPEND big (\\Seen) {3+}\r\nabc") }
            if round % 3 == 2 { client.send("n NOOP") }
            for keys in Self.keys {
                let (quick, rows) = Self.found(client, keys)
                #expect(quick == rows, "round \(round): \(keys)")
            }
        }
    }

    @Test func aClosedMailboxIsSearchedAsItIsWhenItIsOpenedAgain() throws {
        let store = try TemporaryStore()
        let (client, other) = (try Self.client(store), store.login())
        let (before, _) = Self.found(client, "SEEN")
        #expect(before == "* SEARCH")
        client.send("u UNSELECT")
        other.send("o SELECT big")
        other.send("x STORE 3 +FLAGS (\\Seen)")
        other.send("y UNSELECT")
        client.send("s SELECT big")
        let (after, rows) = Self.found(client, "SEEN")
        #expect(after == "* SEARCH 3")
        #expect(rows == after)
    }
}
