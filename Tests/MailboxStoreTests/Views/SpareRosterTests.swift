import MailModel
import MailboxStore
import Testing

/// What is kept of large mailboxes that nobody has open.
@Suite struct SpareRosterTests {
    let hub = MailboxHub()

    @Test func whoComesNextNeedNotScan() throws {
        let history = MemoryHistory.filled(inbox, 1000)
        let first = try hub.open(history)
        let map = first.map
        first.close()
        #expect(hub.roomCount == 0)
        #expect(hub.spareRosterCount == 1)
        let second = try hub.open(history)
        #expect(second.map.sharesStorage(with: map))
        #expect(hub.spareRosterCount == 0, "it is in use again")
        second.close()
    }

    @Test func whatHappenedMeanwhileIsShown() throws {
        let history = MemoryHistory.filled(inbox, 1000)
        try hub.open(history).close()
        history.append(3, to: inbox)
        history.expunge(UIDSet(2...5), in: inbox)
        let view = try hub.open(history)
        #expect(view.count == 999)
        #expect(view.uid(at: 2) == 6)
        #expect(view.largestUID == 1003)
        view.checkInvariants()
    }

    @Test func anOlderSnapshotGetsAMapOfItsOwn() throws {
        let history = MemoryHistory.filled(inbox, 1000)
        let before = history.head
        history.append(1, to: inbox)
        try hub.open(history).close()
        let view = try hub.open(history, at: before)
        #expect(view.count == 1000)
    }

    @Test func smallMailboxesAreScannedAgain() throws {
        try hub.open(MemoryHistory.filled(inbox, 10)).close()
        #expect(hub.spareRosterCount == 0)
    }

    @Test func aRosterFarBehindIsGivenUp() throws {
        let history = MemoryHistory.filled(inbox, 1000)
        try hub.open(history).close()
        let row = try history.snapshot().mailboxRow(inbox)
        let touched = TouchedMailbox(inbox, row, hasNews: true, head: history.head)
        for _ in 0..<1024 { hub.announce([touched]) }
        #expect(hub.spareRosterCount == 1)
        hub.announce([touched])
        #expect(hub.spareRosterCount == 0)
    }

    @Test func onlySoManyAreKept() throws {
        let history = MemoryHistory()
        for number in 1...300 {
            let mailbox = MailboxID(UInt64(number))
            history.append(512, to: mailbox)
            try hub.open(history, mailbox).close()
        }
        #expect(hub.spareRosterCount == 256)
        let latest = try hub.open(history, MailboxID(300))
        #expect(hub.spareRosterCount == 255, "the newest are those that are kept")
        latest.close()
        try hub.open(history, MailboxID(1)).close()
        #expect(hub.spareRosterCount == 256)
    }

    /// Where the counters tell which UIDs live, no row is looked at; nobody must see a difference.
    @Test(arguments: [
        [], [1...3], [1...400], [2...2], [1...1, 600...600], [999...1000], [1...1000],
    ])
    func mapsAreMadeOfCountersOrOfRows(_ expunged: [ClosedRange<UInt32>]) throws {
        let history = MemoryHistory.filled(inbox, 1000)
        for range in expunged { history.expunge(UIDSet(range), in: inbox) }
        let view = try hub.open(history)
        let live = history.snapshot().live(inbox)
        #expect(view.uids(in: UIDSet(1...UInt32.max)) == live)
        #expect(view.count == live.count)
        view.checkInvariants()
    }
}
