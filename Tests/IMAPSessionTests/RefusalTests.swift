import IMAPCodec
import IMAPSession
import MailModel
import MailboxStore
import Testing

@Suite("Refusals as responses")
struct RefusalTests {
    @Test(arguments: [
        (Refusal.noSuchAccount("a"), ResponseCode.nonExistent),
        (.accountExists("a"), .alreadyExists),
        (.noSuchMailbox("a"), .nonExistent),
        (.noSuchDestination("a"), .tryCreate),
        (.mailboxExists("a"), .alreadyExists),
        (.mailboxInUse("a"), .inUse),
        (.mailboxDeleted("a"), .nonExistent),
        (.cannotDeleteInbox, .cannot),
        (.cannotRenameInto("a"), .cannot),
        (.hasChildren("a"), .hasChildren),
        (.specialUseTaken("a"), .useAttr),
        (.noUIDsLeft("a"), .limit), (.tooManyKeywords(limit: 1), .limit),
        (.messageTooLarge(limitBytes: 10), .tooBig),
    ])
    func aRefusalIsNoWithItsCode(_ refusal: Refusal, _ code: ResponseCode) {
        let completion = Completion(refusal)
        #expect(completion.condition == .no)
        #expect(completion.code == code)
        #expect(!completion.text.isEmpty)
    }

    @Test(arguments: [
        (StoreError.corrupt("row 7 of /var/secret"), ResponseCode.corruption),
        (.body("segment 3 at 9"), .corruption),
        (.diskFull("/var"), .unavailable),
        (.stopped("fdatasync: EIO"), .unavailable),
        (.cannotOpen("/var"), .unavailable),
    ])
    func aFailureOfTheWorldIsToldCalmlyAndWithoutPaths(_ error: StoreError, _ code: ResponseCode) {
        let completion = Completion(error)
        #expect(completion.condition == .no)
        #expect(completion.code == code)
        #expect(!completion.text.contains("/var") && !completion.text.contains("EIO"))
    }

    @Test func anAcceptedChangeHasNoFailure() throws {
        let store = try TemporaryStore()
        let session = Session(
            context: SessionContext(
                store: store.store, sessionID: 1, remoteAddress: "", allowsPlaintextLogin: true))
        #expect(session.failure(.accepted(.done, position: LogPosition(3))) == nil)
        #expect(session.failure(.refused(.cannotDeleteInbox))?.code == .cannot)
    }
}
