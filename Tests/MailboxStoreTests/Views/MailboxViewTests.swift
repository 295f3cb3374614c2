import MailModel
import MailboxStore
import Testing

@Suite struct MailboxViewTests {
    let hub = MailboxHub()

    @Test func expungesWaitWhereTheyAreIllegal() throws {
        let history = MemoryHistory.filled(inbox, 7)
        let view = try hub.open(history)
        history.expunge(UIDSet(4...7), in: inbox)

        let during = try view.advance(.appendsAndFlags, history)
        #expect(during.isEmpty)
        #expect(view.count == 7 && view.uid(at: 5) == 5)
        #expect(view.pendingExpunges == UIDSet(4...7))

        let noop = try view.advance(.everything, history)
        #expect(Array(noop.expungedSequenceNumbers) == [4, 4, 4, 4])
        #expect(noop.expungedUIDs == UIDSet(4...7))
        #expect(noop.exists == 3)
        #expect(view.uids == [1, 2, 3])
        #expect(try view.advance(.everything, history).isEmpty)
    }

    @Test func arrivalsAndFlagsAreToldWhileAnExpungeWaits() throws {
        let history = MemoryHistory.filled(inbox, 3)
        let view = try hub.open(history)
        history.expunge(UIDSet(2...2), in: inbox)
        history.append(2, to: inbox)
        history.flag(UIDSet([1...2, 5...5]), in: inbox)

        let updates = try view.advance(.appendsAndFlags, history)
        #expect(updates.exists == 5)
        #expect(updates.flagged.description == "1:2", "a new message's flags are asked for anyway")
        #expect(view.uids == [1, 2, 3, 4, 5])

        history.flag(UIDSet(2...4), in: inbox)
        let later = try view.advance(.everything, history)
        #expect(Array(later.expungedSequenceNumbers) == [2])
        #expect(later.exists == 4)
        #expect(later.flagged.description == "3:4")
        #expect(view.uids == [1, 3, 4, 5])
    }

    @Test func aMessageThatCameAndWentIsNeverShown() throws {
        let history = MemoryHistory.filled(inbox, 1)
        let view = try hub.open(history)
        let uids = history.append(1, to: inbox)
        history.expunge(uids, in: inbox)
        #expect(try view.advance(.everything, history).isEmpty)
        #expect(view.pendingExpunges.isEmpty && view.expunged == history.head)

        history.expunge(history.append(3, to: inbox).intersection(UIDSet(4...4)), in: inbox)
        #expect(try view.advance(.appendsAndFlags, history).exists == 3)
        #expect(view.uids == [1, 3, 5])
    }

    @Test func anArrivalInPlaceOfAnExpungeIsToldThoughTheCountIsTheSame() throws {
        let history = MemoryHistory.filled(inbox, 2)
        let view = try hub.open(history)
        history.expunge(UIDSet(1...1), in: inbox)
        history.append(1, to: inbox)
        let updates = try view.advance(.everything, history)
        #expect(Array(updates.expungedSequenceNumbers) == [1] && updates.exists == 2)
    }

    @Test func highestModSeqNeverPassesAnExpungeThatWasNotTold() throws {
        let history = MemoryHistory.filled(inbox, 5)
        let view = try hub.open(history)
        #expect(view.tellableModSeq == LogPosition(1))
        history.append(1, to: archive)
        history.flag(UIDSet(1...1), in: inbox)  // 3
        history.expunge(UIDSet(2...2), in: inbox)  // 4
        history.flag(UIDSet(3...3), in: inbox)  // 5
        _ = try view.advance(.appendsAndFlags, history)
        #expect(view.tellableModSeq == LogPosition(3))
        #expect(view.seen == LogPosition(5) && view.expunged == LogPosition(3))
        history.flag(UIDSet(4...4), in: inbox)  // 6
        history.append(1, to: archive)
        _ = try view.advance(.appendsAndFlags, history)
        #expect(view.tellableModSeq == LogPosition(3))
        _ = try view.advance(.everything, history)
        #expect(view.tellableModSeq == LogPosition(6), "7 is not of this mailbox")
        #expect(view.expunged == LogPosition(7))
    }

    @Test func ownSilentStoresAreHeldBackUnlessAnotherEventTouchedTheMessageToo() throws {
        let history = MemoryHistory.filled(inbox, 5)
        let view = try hub.open(history)
        view.ignoreFlags(at: history.flag(UIDSet(1...3), in: inbox))
        history.flag(UIDSet(3...4), in: inbox)
        #expect(try view.advance(.appendsAndFlags, history).flagged.description == "3:4")
        history.flag(UIDSet(1...1), in: inbox)
        #expect(try view.advance(.appendsAndFlags, history).flagged.description == "1")
    }

    @Test func anOlderSnapshotMovesNothing() throws {
        let history = MemoryHistory.filled(inbox, 3)
        let old = history.head
        let view = try hub.open(history)
        history.expunge(UIDSet(1...1), in: inbox)
        _ = try view.advance(.everything, history)
        #expect(try view.advance(.everything, history, at: old).isEmpty)
        #expect(view.uids == [2, 3] && view.seen == history.head)
    }

    @Test func aViewShowsNothingThatItsOwnSnapshotDoesNotHave() throws {
        let history = MemoryHistory.filled(inbox, 3)
        let first = try hub.open(history)
        let second = try hub.open(history, by: 2)
        history.append(1, to: inbox)
        let between = history.head
        history.expunge(UIDSet(2...2), in: inbox)
        history.append(1, to: inbox)
        _ = try first.advance(.everything, history)
        #expect(first.uids == [1, 3, 4, 5])

        #expect(try second.advance(.everything, history, at: between).exists == 4)
        #expect(second.uids == [1, 2, 3, 4] && second.seen == between)
        let late = try hub.open(history, by: 3, at: between)
        #expect(late.uids == [1, 2, 3, 4])

        _ = try second.advance(.everything, history)
        _ = try late.advance(.everything, history)
        #expect(second.map.sharesStorage(with: first.map))
        #expect(late.map.sharesStorage(with: first.map))
    }

    @Test func deletionOfTheMailboxIsToldOnceAndTheGhostStays() throws {
        let history = MemoryHistory.filled(inbox, 3)
        let view = try hub.open(history)
        history.record(inbox) { $0.mailboxDeleted = true }
        #expect(try view.advance(.appendsAndFlags, history).mailboxGone)
        #expect(view.mailboxGone && view.count == 3)
        #expect(try !view.advance(.everything, history).mailboxGone)
        #expect(throws: StoreError.self) { try hub.open(history, by: 2) }
    }

    @Test func currentViewsHaveNothingToTell() throws {
        let history = MemoryHistory.filled(inbox, 3)
        let view = try hub.open(history)
        #expect(view.isCurrent(history.head))
        history.expunge(UIDSet(1...1), in: inbox)
        #expect(!view.isCurrent(history.head))
        _ = try view.advance(.appendsAndFlags, history)
        #expect(!view.isCurrent(history.head), "an expunge waits")
        _ = try view.advance(.everything, history)
        #expect(view.isCurrent(history.head))
    }

    @Test func aDamagedIndexIsRefusedAndMovesNothing() throws {
        let history = MemoryHistory.filled(inbox, 3)
        let view = try hub.open(history)
        history.record(inbox) { $0.appended = UIDSet(4...UInt32.max) }
        #expect(throws: StoreError.self) { try view.advance(.everything, history) }
        #expect(view.uids == [1, 2, 3] && view.seen == LogPosition(1))
        view.checkInvariants()
    }
}

/// One array for all who show the same.
@Suite struct SharedMapTests {
    let hub = MailboxHub()

    @Test func aThousandViewsReadOneMap() throws {
        let history = MemoryHistory.filled(inbox, 1_000)
        let views = try (1...1_000).map { try hub.open(history, by: $0) }
        #expect(views.allSatisfy { $0.map.sharesStorage(with: views[0].map) })

        let before = views[0].map
        history.append(20, to: inbox)
        for view in views { _ = try view.advance(.appendsAndFlags, history) }
        #expect(views.allSatisfy { $0.map.sharesStorage(with: before) }, "appends share the buffer")
        #expect(before.count == 1_000 && views[999].count == 1_020)

        history.expunge(UIDSet(5...9), in: inbox)
        for view in views { _ = try view.advance(.everything, history) }
        #expect(views.allSatisfy { $0.map.sharesStorage(with: views[0].map) })
        #expect(!views[0].map.sharesStorage(with: before), "an expunge makes one new map")
    }

    @Test func aViewThatWaitedSharesAgainWhenItHasTold() throws {
        let history = MemoryHistory.filled(inbox, 100)
        let waiting = try hub.open(history)
        let other = try hub.open(history, by: 2)
        history.expunge(UIDSet(5...9), in: inbox)
        history.append(3, to: inbox)
        _ = try other.advance(.everything, history)
        #expect(try waiting.advance(.appendsAndFlags, history).exists == 103)
        #expect(!waiting.map.sharesStorage(with: other.map))
        _ = try waiting.advance(.everything, history)
        #expect(waiting.map.sharesStorage(with: other.map))
    }

    @Test func aRoomGoesWithItsLastView() throws {
        let history = MemoryHistory.filled(inbox, 10)
        weak var room: Room?
        do {
            let registration = hub.register(inbox, owner: session(1), readOnly: false)
            room = registration.room
            let view = try MailboxView(registration, on: history.snapshot())
            let other = try hub.open(history, by: 2)
            #expect(hub.roomCount == 1 && room != nil)
            view?.close()
            view?.close()
            #expect(hub.roomCount == 1)
            other.close()
            #expect(hub.roomCount == 0)
        }
        #expect(room == nil)
        do { _ = try hub.open(history) }
        #expect(hub.roomCount == 0, "a forgotten view closes itself")
    }
}

/// `\Recent`: RFC 3501 §2.3.2.
@Suite struct RecentTests {
    let hub = MailboxHub()

    @Test func theFirstToSelectHasThem() throws {
        let history = MemoryHistory.filled(inbox, 5)
        let examine = try hub.open(history, by: 1, readOnly: true)
        #expect(examine.recentCount == 5 && examine.takeRecentClaim() == nil)
        let first = try hub.open(history, by: 2)
        #expect(first.recentCount == 5 && first.isRecent(5))
        #expect(first.takeRecentClaim() == UID(5))
        #expect(first.takeRecentClaim() == nil, "taken once")
        let second = try hub.open(history, by: 3)
        #expect(second.recentCount == 0 && second.takeRecentClaim() == nil)
    }

    @Test func arrivalsBelongToWhoAsksFirst() throws {
        let history = MemoryHistory.filled(inbox, 2)
        history.claimRecent(inbox, through: 2)
        let first = try hub.open(history, by: 1)
        let second = try hub.open(history, by: 2)
        #expect(first.recentCount == 0)
        history.append(2, to: inbox)
        let between = history.head
        history.append(2, to: inbox)
        #expect(try first.advance(.appendsAndFlags, history, at: between).recent == 2)
        #expect(try second.advance(.appendsAndFlags, history).recent == 2)
        #expect(first.recent == UIDSet(3...4) && second.recent == UIDSet(5...6))
        #expect(try first.advance(.appendsAndFlags, history).recent == nil)
        #expect(first.takeRecentClaim() == UID(4) && second.takeRecentClaim() == UID(6))
        history.expunge(UIDSet(3...3), in: inbox)
        #expect(try first.advance(.everything, history).recent == 1)
    }

    @Test func aClaimOutlivesItsRoomUntilTheLogHasIt() throws {
        let history = MemoryHistory.filled(inbox, 3)
        try hub.open(history).close()
        #expect(try hub.open(history, by: 2).recentCount == 0)
        history.claimRecent(inbox, through: 3)
        hub.announce([try history.touched(inbox)])
        history.append(1, to: inbox)
        #expect(try hub.open(history, by: 3).recentCount == 1)
    }
}

extension MemoryHistory {
    func touched(_ mailbox: MailboxID, hasNews: Bool = true) throws -> TouchedMailbox {
        let snapshot = snapshot()
        return TouchedMailbox(
            mailbox, try snapshot.mailboxRow(mailbox), hasNews: hasNews, head: snapshot.head)
    }
}
