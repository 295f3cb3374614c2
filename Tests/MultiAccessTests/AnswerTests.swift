import MailModel
import MultiAccess
import Testing

private func set(_ numbers: UInt32...) -> UIDSet { UIDSet(numbers: numbers) }

private func policy(_ answer: PolicyAnswer) -> MultiAccessPolicy {
    MultiAccessPolicy(PolicyLayer([answer]))
}

@Suite("Each answer to RFC 2180")
struct AnswerTests {
    @Test(arguments: [
        (PolicyAnswer.refuseDeletion, DeletionVerdict.refuse), (.keepGhostMailbox, .keepGhost),
        (.disconnectOnDeletion, .disconnectViewers),
    ])
    func deleting(answer: PolicyAnswer, verdict: DeletionVerdict) {
        #expect(policy(answer).deleting.judge(MailboxDeletion(otherViewers: 2)) == verdict)
    }

    @Test func nobodyElseIsNoReasonToRefuse() {
        #expect(
            policy(.refuseDeletion).deleting.judge(MailboxDeletion(otherViewers: 0)) != .refuse)
        #expect(
            policy(.refuseRename).renaming.judge(MailboxRenaming(otherViewers: 0)) != .refuse)
        let alone = Expunging(cause: .expunge, messages: 1, otherViewers: 0)
        #expect(policy(.refuseExpunge).expunging.judge(alone) == .allow)
    }

    @Test func aReusableNameIsFreeWhoeverLooksOn() {
        #expect(policy(.reuseName).names.judge(GhostNameWish(viewers: 3)) == .reusable)
    }

    @Test(arguments: [
        (PolicyAnswer.refuseRename, RenamingVerdict.refuse),
        (.disconnectOnRename, .disconnectViewers), (.followRename, .follow(hintsNewName: true)),
        (.followRenameWithoutHint, .follow(hintsNewName: false)),
    ])
    func renaming(answer: PolicyAnswer, verdict: RenamingVerdict) {
        #expect(policy(answer).renaming.judge(MailboxRenaming(otherViewers: 1)) == verdict)
    }

    @Test(arguments: [Expunging.Cause.expunge, .close, .move])
    func nobodyExpungesWhileOthersLook(cause: Expunging.Cause) {
        let expunging = Expunging(cause: cause, messages: 1, otherViewers: 1)
        #expect(policy(.refuseExpunge).expunging.judge(expunging) == .refuse)
    }

    @Test(arguments: [
        (PolicyAnswer.fetchRemaining, set(3), ExpungedFetchVerdict.omit(set(4, 5))),
        (.fetchRemaining, set(), .refuse), (.answerNIL, set(3), .answerNIL(set(4, 5))),
        (.answerNIL, set(), .refuse),
    ])
    func fetchingReadsNoGhost(answer: PolicyAnswer, live: UIDSet, verdict: ExpungedFetchVerdict) {
        let fetch = ExpungedFetch(live: live, expunged: set(4, 5), retained: set(4, 5))
        #expect(policy(answer).fetching.judge(fetch) == verdict)
    }

    @Test(arguments: [
        // live, silent, applied, tagged
        (set(1), true, set(1), TaggedVerdict.ok),  // §4.2.1
        (set(), true, set(), .ok),
        (set(), false, set(), .no),  // §4.2.2
        (set(1), false, set(), .no),  // §4.2.4
    ])
    func storingNothingKeepsTheTwoRules(
        live: UIDSet, silent: Bool, applied: UIDSet, tagged: TaggedVerdict
    ) {
        let store = ExpungedStore(live: live, expunged: set(2), silent: silent)
        let verdict = policy(.storeNothing).storing.judge(store)
        #expect(verdict == ExpungedStoreVerdict(applied: applied, tagged: tagged))
    }

    @Test func searchIncludesGhosts() {
        let search = ExpungedSearch(expunged: set(4), retained: set(4))
        #expect(policy(.includeGhosts).searching.judge(search) == .includeAll)
    }

    @Test(arguments: [false, true])
    func copyAndMoveAreRefused(moves: Bool) {
        let copy = ExpungedCopy(live: set(1), expunged: set(2), retained: set(2), moves: moves)
        #expect(policy(.refuseCopy).copying.judge(copy) == .refuse)
    }
}

@Suite("Choosing answers")
struct PolicyChoiceTests {
    @Test func everyQuestionHasAnswersOfDistinctNames() {
        for question in PolicyQuestion.allCases {
            let names = question.answers.map(\.name)
            #expect(names.count >= 2 && Set(names).count == names.count)
            for answer in question.answers {
                #expect(question.answer(named: answer.name) == answer)
                #expect(answer.rawValue / 10 == question.rawValue)
            }
        }
    }

    @Test(arguments: PolicyPreset.allCases)
    func aPresetAnswersEveryQuestion(preset: PolicyPreset) {
        #expect(preset.answers.answers.count == PolicyQuestion.allCases.count)
    }

    @Test func theUpperLayerHoldsAndTheLowerFillsIn() {
        let upper = PolicyLayer([.answerNIL])
        let lower = PolicyLayer([.fetchRemaining, .storeNothing])
        #expect(upper.over(lower).answers == [.answerNIL, .storeNothing])
    }
}
