import Conformance
import MailModel
import Testing

@Suite("What answers mean")
struct VerdictTests {
    private static let gone = Set(4...7)

    private func fetched(_ lines: String...) -> String {
        let answer = lines.map { Response(Array($0.utf8)) }
        guard case .tagged(_, let status)? = answer.last?.kind else { return "" }
        let probe = FetchVerdict.Probe(
            "flags",
            Exchange(
                command: "FETCH 3:5 FLAGS", responses: Array(answer.dropLast()),
                ending: .tagged(status)),
            items: ["FLAGS"], asked: [3, 4, 5], expunged: VerdictTests.gone)
        return FetchVerdict.judge([probe]).answer
    }

    @Test func fetchOfTheExpunged() {
        let third = "* 3 FETCH (FLAGS (\\Seen))"
        let ghosts = ["* 4 FETCH (FLAGS (\\Seen))", "* 5 FETCH (FLAGS (\\Seen))"]
        #expect(fetched(third, ghosts[0], ghosts[1], "a OK done") == "ghost")
        #expect(fetched(third, "a NO gone") == "partial")
        #expect(fetched(third, "* 4 FETCH (FLAGS ())", "* 5 FETCH (FLAGS ())", "a OK x") == "nil")
        #expect(fetched(third, "a OK done") == "OK, left out")
    }

    @Test func flagsThatCameUnaskedAreNoAnswer() {
        let probe = FetchVerdict.Probe(
            "envelopes",
            exchange(
                "FETCH 3:4 ENVELOPE", "* 3 FETCH (ENVELOPE (\"letter 3 of x\"))",
                "* 4 FETCH (ENVELOPE (NIL NIL))", "* 4 FETCH (FLAGS (\\Deleted))", "a OK done"),
            items: ["ENVELOPE"], asked: [3, 4], expunged: VerdictTests.gone)
        #expect(FetchVerdict.judge([probe]).strategy == .answerNIL)
    }

    /// As Cyrus 3.6 answered.
    @Test func aCopyThatLies() {
        let seen = CopyVerdict.Observed(
            exchange("COPY 2,4,6 box", "a OK [COPYUID 9 2,4,6 2:4] Completed"),
            asked: [2, 4, 6], expunged: VerdictTests.gone,
            before: [Delivered(uid: 1, letter: 50)],
            after: [Delivered(uid: 1, letter: 50), Delivered(uid: 2, letter: 2)],
            sources: [2: 2, 4: 4, 6: 6])
        #expect(CopyVerdict.violations(seen).map(\.rule) == [.untrueOK, .untrueCOPYUID])
        #expect(CopyVerdict.judge(seen).answer == "OK [COPYUID], left out silently")
    }

    @Test func copiesThatAreTrue() {
        let before = [Delivered(uid: 1, letter: 50)]
        let copies = [2, 3, 4].map { Delivered(uid: $0, letter: Int($0 - 1) * 2) }
        let copied = CopyVerdict.Observed(
            exchange("COPY 2,4,6 box", "* 4 EXPUNGE", "a OK [COPYUID 9 2,4,6 2:4] Completed"),
            asked: [2, 4, 6], expunged: VerdictTests.gone, before: before, after: before + copies,
            sources: [2: 2, 4: 4, 6: 6])
        #expect(CopyVerdict.judge(copied) == Verdict(.copyGhosts))
        #expect(CopyVerdict.violations(copied).isEmpty)
        let refused = CopyVerdict.Observed(
            exchange("COPY 2,4,6 box", "* 4 EXPUNGE", "a NO some are gone"),
            asked: [2, 4, 6], expunged: VerdictTests.gone, before: before, after: before,
            sources: [:])
        #expect(CopyVerdict.judge(refused) == Verdict(.refuseCopy))
        #expect(CopyVerdict.violations(refused).isEmpty)
    }

    @Test func storeOnAMixture() {
        func judge(_ mixed: Exchange, set: Set<Int>) -> Verdict {
            StoreVerdict.judge(
                StoreVerdict.Observed(
                    silent: exchange("STORE", "a OK done"),
                    onlyExpunged: exchange("STORE", "a NO gone"), mixed: mixed,
                    silentlySet: [1, 2], set: set, living: [1, 2]))
        }
        let told = ["* 1 FETCH (FLAGS (\\Seen))", "* 2 FETCH (FLAGS (\\Seen))"]
        #expect(
            judge(exchange("STORE", told[0], told[1], "a NO some"), set: [1, 2])
                == Verdict(.storeRemaining))
        #expect(judge(exchange("STORE", "a NO some"), set: []) == Verdict(.storeNothing))
        #expect(
            judge(exchange("STORE", told[0], told[1], "a OK done"), set: [1, 2]).answer
                == "OK, left out silently")
    }
}
