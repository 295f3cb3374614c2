import MailModel
import MultiAccess
import Testing

private let policy = MultiAccessPolicy()

private func set(_ numbers: UInt32...) -> UIDSet { UIDSet(numbers: numbers) }

@Suite("The patient answers to RFC 2180")
struct PatientPolicyTests {
    @Test(arguments: [0, 1, 1000])
    func deletingKeepsAGhostForThoseInside(viewers: Int) {
        let deletion = MailboxDeletion(otherViewers: viewers)
        #expect(policy.deleting.judge(deletion) == .keepGhost)
    }

    @Test(arguments: [(0, GhostNameVerdict.reusable), (1, .reserved), (7, .reserved)])
    func aNameIsReservedUntilTheLastViewerLeaves(viewers: Int, verdict: GhostNameVerdict) {
        #expect(policy.names.judge(GhostNameWish(viewers: viewers)) == verdict)
    }

    @Test func renamingIsFollowedWithTheHint() {
        let renaming = MailboxRenaming(otherViewers: 3)
        #expect(policy.renaming.judge(renaming) == .follow(hintsNewName: true))
    }

    @Test(arguments: [Expunging.Cause.expunge, .close, .move])
    func anybodyMayExpunge(cause: Expunging.Cause) {
        let expunging = Expunging(cause: cause, messages: 4, otherViewers: 9)
        #expect(policy.expunging.judge(expunging) == .allow)
    }

    @Test(arguments: [
        // live, expunged, retained, verdict
        (set(3), set(4, 5), set(4, 5), ExpungedFetchVerdict.serveAll),
        (set(), set(4, 5, 6, 7), set(4, 5, 6, 7), .serveAll),
        (set(3), set(4, 5), set(4), .answerNIL(set(5))),
        (set(), set(4, 5), set(), .refuse),
    ])
    func fetchServesGhostsAndAnswersNILForWhatWasWithdrawn(
        live: UIDSet, expunged: UIDSet, retained: UIDSet, verdict: ExpungedFetchVerdict
    ) {
        let fetch = ExpungedFetch(live: live, expunged: expunged, retained: retained)
        #expect(policy.fetching.judge(fetch) == verdict)
    }

    @Test(arguments: [
        // live, expunged, silent, applied, tagged
        (set(1, 2, 3), set(4, 5), true, set(1, 2, 3), TaggedVerdict.ok),  // §4.2.1
        (set(), set(5, 6, 7), true, set(), .ok),  // §4.2.1, none left
        (set(), set(5, 6, 7), false, set(), .no),  // §4.2.2
        (set(1, 2, 3), set(4, 5), false, set(1, 2, 3), .no),  // §4.2.3
        (set(1, 2, 3), set(), false, set(1, 2, 3), .ok),
    ])
    func storeKeepsTheSilentRuleAndTheNoneLeftRule(
        live: UIDSet, expunged: UIDSet, silent: Bool, applied: UIDSet, tagged: TaggedVerdict
    ) {
        let store = ExpungedStore(live: live, expunged: expunged, silent: silent)
        let verdict = ExpungedStoreVerdict(applied: applied, tagged: tagged)
        #expect(policy.storing.judge(store) == verdict)
    }

    @Test func searchOmitsWhatIsExpungedReadableOrNot() {
        let search = ExpungedSearch(expunged: set(4, 5), retained: set(4))
        #expect(policy.searching.judge(search) == .omit(set(4, 5)))
    }

    @Test(arguments: [
        // live, expunged, retained, moves, verdict
        (set(2), set(4, 6), set(4, 6), false, ExpungedCopyVerdict.copyAll),
        (set(), set(4), set(4), false, .copyAll),
        (set(2), set(4, 6), set(4), false, .refuse),
        (set(2), set(4, 6), set(4, 6), true, .omit(set(4, 6))),
        (set(), set(4, 6), set(4, 6), true, .refuse),
    ])
    func copyTakesGhostsAndMoveLeavesThem(
        live: UIDSet, expunged: UIDSet, retained: UIDSet, moves: Bool, verdict: ExpungedCopyVerdict
    ) {
        let copy = ExpungedCopy(live: live, expunged: expunged, retained: retained, moves: moves)
        #expect(policy.copying.judge(copy) == verdict)
    }
}
