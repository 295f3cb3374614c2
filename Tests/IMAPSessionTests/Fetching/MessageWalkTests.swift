import IMAPSession
import MailModel
import MailTesting
import MailboxStore
import Testing

@Suite("Walking over a view's messages")
struct MessageWalkTests {
    /// Any set of numbers, whatever is expunged and told or not: each message that the view shows is
    /// answered once, in order, and no other.
    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func eachMessageIsMetOnceInOrder(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let store = try TemporaryStore()
        let count = 400
        let first = try ByteClient(
            store, Array(repeating: Array("A: b\r\n\r\nc".utf8), count: count), sessionID: 1)
        var limits = SessionLimits()
        limits.outHighWaterBytes = Int.random(in: 1...2000, using: &random)
        let second = try ByteClient(store, limits: limits, sessionID: 2)
        var shown = Set(1...count)
        expunge(&random, 1...count, share: 3, by: first)
        second.send("a NOOP")
        shown = Set(uids(of: second.text("b UID SEARCH ALL")))
        expunge(&random, 1...count, share: 4, by: first)

        for _ in 0..<30 {
            let set = randomSet(&random, upTo: count + 20)
            let wanted = set.ranges.flatMap { Array($0) }.map(Int.init).filter(shown.contains)
            let (messages, lines) = try FetchedMessage.read(
                second.send("c UID FETCH \(set.description) (RFC822.SIZE)"))
            let met = messages.map { $0.items["UID"] }
            #expect(met == wanted.map { .atom(String($0)) }, "seed \(seed), \(set)")
            #expect(lines.last == "c OK FETCH completed")
            let ascending = shown.sorted()
            #expect(
                messages.allSatisfy { .atom(String(ascending[$0.number - 1])) == $0.items["UID"] })
            // The expunged ones have been told now.
            shown = Set(uids(of: second.text("d UID SEARCH ALL")))
            expunge(&random, 1...count, share: 40, by: first)
        }
    }

    private func expunge(
        _ random: inout SeededGenerator, _ range: ClosedRange<Int>, share: Int,
        by client: ByteClient
    ) {
        let uids = range.filter { _ in Int.random(in: 0..<share, using: &random) == 0 }
        guard !uids.isEmpty else { return }
        let set = UIDSet(numbers: uids.map { UInt32($0) })
        client.send("x UID STORE \(set) +FLAGS.SILENT (\\Deleted)")
        client.send("y UID EXPUNGE \(set)")
    }

    private func randomSet(_ random: inout SeededGenerator, upTo limit: Int) -> UIDSet {
        let ranges = (0..<Int.random(in: 1...6, using: &random)).map { _ in
            let start = UInt32.random(in: 1...UInt32(limit), using: &random)
            let length = UInt32.random(in: 0...UInt32(limit / 2), using: &random)
            return start...(start + length)
        }
        return UIDSet(ranges)
    }

    private func uids(of answer: String) -> [Int] {
        let line = answer.split(separator: "\r\n").first { $0.hasPrefix("* SEARCH") } ?? ""
        return line.split(separator: " ").compactMap { Int($0) }
    }
}
