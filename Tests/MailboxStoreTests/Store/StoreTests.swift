import MailEvents
import MailModel
import MailTesting
import MailboxStore
import Testing

/// Changes, decided and applied by a real writer on a real log.
@Suite struct StoreTests {
    let fixture: StoreFixture
    let account: AccountID

    init() throws {
        fixture = try StoreFixture()
        account = try fixture.account("ada")
    }

    @Test func appendsGetUIDsInOrderAndAreCounted() throws {
        #expect(try fixture.append("one\r\n", of: account) == UIDSet(1...1))
        #expect(try fixture.append("two\r\n", of: account, flags: [.seen]) == UIDSet(2...2))
        let row = try fixture.row(.inbox, of: account)
        #expect(row.exists == 2)
        #expect(row.unseen == 1)
        #expect(row.uidNext == 3)
        #expect(row.sizeBytes == 10)
        try fixture.expectNoDrift()
    }

    @Test func anAppendToNoMailboxIsRefusedAndLeavesNothing() throws {
        let error = try #require(throws: StoreFixture.Refused.self) {
            try fixture.append("x", to: try name("nowhere"), of: account)
        }
        #expect(error.refusal == .noSuchDestination("nowhere"))
        try fixture.expectNoDrift()
    }

    @Test func flagsThatDoNotDifferAppendNoEvent() throws {
        _ = try fixture.append("one", of: account, flags: [.seen])
        let inbox = try fixture.mailbox(.inbox, of: account)
        let before = try fixture.store.read { reader in reader.head }
        let same = ChangeFlags(
            account: account, mailbox: inbox, uids: UIDSet(1...9), operation: .add,
            flags: FlagSet(system: [.seen]))
        #expect(
            try fixture.perform(same)
                == .flagsChanged(changed: UIDSet(), failed: UIDSet(), expunged: UIDSet(2...9)))
        #expect(try fixture.store.read { reader in reader.head } == before)
    }

    /// However long ago a message got its \\Deleted and whatever happened since, in a mailbox where the
    /// newest events name it and in one where they do not.
    @Test func expungeFindsWhatIsDeletedWhereverItStands() throws {
        var random = SeededGenerator(seed: 11)
        let message = IncomingMessage(
            body: IncomingBody(of: Array("x".utf8)), flags: FlagSet(),
            internalDate: InternalDate(secondsSinceEpoch: 1_700_000_000))
        let messages = Array(repeating: message, count: 3000)
        try fixture.perform(
            AppendMessages(account: account, destination: .inbox, messages: messages))
        _ = try fixture.append("born deleted", of: account, flags: [.deleted])
        let inbox = try fixture.mailbox(.inbox, of: account)
        var deleted: Set<UInt32> = [3001]
        var live = Set<UInt32>(1...3001)
        func store(_ uids: Set<UInt32>, _ operation: FlagOperation, _ flag: SystemFlags) throws {
            let uids = UIDSet(uids.map { $0...$0 })
            try fixture.perform(
                ChangeFlags(
                    account: account, mailbox: inbox, uids: uids, operation: operation,
                    flags: FlagSet(system: flag)))
        }
        for round in 0..<40 {
            let some = Set((0..<3).compactMap { _ in live.randomElement(using: &random) })
            try store(some, .add, .deleted)
            deleted.formUnion(some)
            // A few other events, or one that touches all, may stand before it.
            for _ in 0..<(round % 4) { try store([1], round % 2 == 0 ? .add : .remove, .seen) }
            if round % 7 == 0 { try store(live, round % 2 == 0 ? .add : .remove, .flagged) }
            if round % 5 == 0, let spared = deleted.min() {
                try store([spared], .remove, .deleted)
                deleted.remove(spared)
            }
            guard round % 3 != 0 else { continue }
            let wanted: UIDSet? = round % 3 == 1 ? nil : UIDSet(50...2800)
            let doomed = deleted.filter { wanted?.contains($0) ?? true }
            let change = ExpungeMessages(account: account, mailbox: inbox, uids: wanted)
            #expect(
                try fixture.perform(change) == .expunged(UIDSet(doomed.map { $0...$0 })),
                "round \(round)")
            deleted.subtract(doomed)
            live.subtract(doomed)
        }
        try fixture.expectNoDrift()
    }

    @Test func keywordsAreAddedReplacedAndRemoved() throws {
        let work = try #require(Keyword("$Work"))
        let home = try #require(Keyword("home"))
        _ = try fixture.append("one", of: account, keywords: [work])
        let inbox = try fixture.mailbox(.inbox, of: account)
        func keywords() throws -> [Keyword] {
            try fixture.store.read { reader throws(StoreError) in
                guard let uid = UID(1), let row = try reader.message(inbox, uid) else { return [] }
                return try reader.keywordTable(inbox).keywords(of: row.keywords)
            }
        }
        func change(_ operation: FlagOperation, _ keywords: [Keyword]) throws {
            try fixture.perform(
                ChangeFlags(
                    account: account, mailbox: inbox, uids: UIDSet(1...1), operation: operation,
                    flags: FlagSet(keywords: keywords)))
        }
        try change(.add, [home])
        #expect(try keywords() == [work, home])
        try change(.remove, [work])
        #expect(try keywords() == [home])
        try change(.replace, [work])
        #expect(try keywords() == [work])
        try fixture.expectNoDrift()
    }

    @Test func unchangedSinceFailsWhatWasChangedSince() throws {
        _ = try fixture.append("one", of: account)
        _ = try fixture.append("two", of: account)
        let inbox = try fixture.mailbox(.inbox, of: account)
        let before = try fixture.row(.inbox, of: account).highestModSeq
        try fixture.perform(
            ChangeFlags(
                account: account, mailbox: inbox, uids: UIDSet(1...1), operation: .add,
                flags: FlagSet(system: [.flagged])))
        let result = try fixture.perform(
            ChangeFlags(
                account: account, mailbox: inbox, uids: UIDSet(1...2), operation: .add,
                flags: FlagSet(system: [.seen]), unchangedSince: before))
        #expect(
            result
                == .flagsChanged(
                    changed: UIDSet(2...2), failed: UIDSet(1...1), expunged: UIDSet()))
    }

    @Test func expungedMessagesStayAsGhostsWhileAViewShowsThem() throws {
        _ = try fixture.append("one", of: account, flags: [.deleted])
        _ = try fixture.append("two", of: account)
        let inbox = try fixture.mailbox(.inbox, of: account)
        let owner = SessionIdentity(id: 1, user: "ada")
        let view = try #require(
            try fixture.store.openView(of: inbox, owner: owner, readOnly: false))
        #expect(
            try fixture.perform(ExpungeMessages(account: account, mailbox: inbox))
                == .expunged(UIDSet(1...1)))
        #expect(view.count == 2)
        #expect(
            try fixture.store.read { reader throws(StoreError) in
                try reader.messageBytes(inbox, 1) != nil
            })
        let updates = try fixture.store.read { reader throws(StoreError) in
            try view.advance(.everything, on: reader)
        }
        #expect(Array(updates.expungedSequenceNumbers) == [1])
        #expect(view.count == 1)
        view.close()
        try fixture.expectNoDrift()
    }

    /// RFC 2180 §3.2: what is expunged from a ghost that somebody has open goes, its name does not.
    @Test(arguments: [false, true])
    func aGhostsNameOutlivesItsMessages(areRevoked: Bool) throws {
        let work = try name("Work")
        try fixture.perform(CreateMailbox(account: account, name: work))
        _ = try fixture.append("one", to: work, of: account, flags: [.deleted])
        let id = try fixture.mailbox(work, of: account)
        let view = try #require(
            try fixture.store.openView(
                of: id, owner: SessionIdentity(id: 1, user: "ada"), readOnly: false))
        try fixture.perform(DeleteMailbox(account: account, name: work))
        try fixture.perform(ExpungeMessages(account: account, mailbox: id))
        let head = try fixture.store.read { reader throws(StoreError) in
            _ = try view.advance(.everything, on: reader)
            return reader.head
        }
        let change: any Change =
            areRevoked
            ? RevokeGhosts(account: account, mailbox: id, uids: UIDSet(1...1))
            : ReclaimGhosts(mailbox: id, account: account, through: head, whole: false)
        try fixture.perform(change)
        let row = try fixture.store.read { reader throws(StoreError) in try reader.mailboxRow(id) }
        #expect(row?.ghosts == 0)
        let refused = try #require(throws: StoreFixture.Refused.self) {
            try fixture.perform(CreateMailbox(account: account, name: work))
        }
        #expect(refused.refusal == .nameInUse("Work"))
        view.close()
        try fixture.perform(CreateMailbox(account: account, name: work))
        try fixture.expectNoDrift()
    }

    @Test func aDeletedMailboxReservesItsNameUntilItsLastViewCloses() throws {
        let work = try name("Work")
        try fixture.perform(CreateMailbox(account: account, name: work))
        _ = try fixture.append("one", to: work, of: account)
        let id = try fixture.mailbox(work, of: account)
        let view = try #require(
            try fixture.store.openView(
                of: id, owner: SessionIdentity(id: 1, user: "ada"), readOnly: false))
        try fixture.perform(DeleteMailbox(account: account, name: work))
        let refused = try #require(throws: StoreFixture.Refused.self) {
            try fixture.perform(CreateMailbox(account: account, name: work))
        }
        #expect(refused.refusal == .nameInUse("Work"))
        #expect(
            try fixture.store.read { reader throws(StoreError) in
                try reader.messageBytes(id, 1) != nil
            })
        view.close()
        try fixture.perform(CreateMailbox(account: account, name: work))
        let again = try fixture.mailbox(work, of: account)
        #expect(again != id)
        try fixture.expectNoDrift()
    }

    @Test func uidValidityIsNeverGivenTwice() throws {
        var seen: Set<UIDValidity> = []
        for _ in 0..<5 {
            try fixture.perform(CreateMailbox(account: account, name: try name("again")))
            seen.insert(try fixture.row(try name("again"), of: account).uidValidity)
            try fixture.perform(DeleteMailbox(account: account, name: try name("again")))
        }
        #expect(seen.count == 5)
    }

    @Test func copiesShareTheSummaryUntilTheLastIsReclaimed() throws {
        let other = try name("a/b/c")
        try fixture.perform(CreateMailbox(account: account, name: other))
        _ = try fixture.append("Subject: x\r\n\r\nbody", of: account, flags: [.flagged])
        let inbox = try fixture.mailbox(.inbox, of: account)
        let copied = try fixture.perform(
            CopyMessages(
                account: account, source: inbox, uids: UIDSet(1...1), destination: other))
        let row = try fixture.row(other, of: account)
        #expect(
            copied
                == .copied(
                    uidValidity: row.uidValidity, source: UIDSet(1...1),
                    destination: UIDSet(1...1)))
        let moved = try fixture.perform(
            MoveMessages(
                account: account, source: inbox, uids: UIDSet(1...1), destination: other))
        guard case .copied(_, _, let to) = moved else {
            throw StoreFixture.Failed(error: .body(""))
        }
        #expect(to == UIDSet(2...2))
        #expect(try fixture.row(.inbox, of: account).exists == 0)
        #expect(try fixture.row(other, of: account).exists == 2)
        try fixture.expectNoDrift()
        try fixture.perform(DeleteMailbox(account: account, name: other))
        try fixture.expectNoDrift()
    }

    @Test func renamingTakesChildrenAlongAndMakesSuperiors() throws {
        try fixture.perform(CreateMailbox(account: account, name: try name("a/b")))
        try fixture.perform(
            RenameMailbox(account: account, from: try name("a"), to: try name("x/y")))
        let names = try fixture.store.read { reader throws(StoreError) in
            try reader.mailboxes(of: account).map(\.1.name.string)
        }
        #expect(names == ["INBOX", "x", "x/y", "x/y/b"])
        try fixture.expectNoDrift()
    }

    @Test func renamingInboxMovesItsMessages() throws {
        _ = try fixture.append("one", of: account)
        try fixture.perform(
            RenameMailbox(account: account, from: .inbox, to: try name("old")))
        #expect(try fixture.row(.inbox, of: account).exists == 0)
        #expect(try fixture.row(try name("old"), of: account).exists == 1)
        try fixture.expectNoDrift()
    }

    @Test func aToolAppendsBesideAServer() throws {
        // One process may not open an environment twice, so the tool comes after the server here;
        // two processes at once are tested with the command.
        _ = try fixture.append("one", of: account)
        try fixture.reopen(as: .tool)
        #expect(try fixture.append("two", of: account) == UIDSet(2...2))
        try fixture.reopen()
        #expect(try fixture.append("three", of: account) == UIDSet(3...3))
        try fixture.expectNoDrift()
    }

    @Test func rebuildingGivesTheSameRows() throws {
        for index in 0..<20 { _ = try fixture.append("message \(index)", of: account) }
        let inbox = try fixture.mailbox(.inbox, of: account)
        try fixture.perform(
            ChangeFlags(
                account: account, mailbox: inbox, uids: UIDSet(3...9), operation: .add,
                flags: FlagSet(system: [.deleted])))
        try fixture.perform(ExpungeMessages(account: account, mailbox: inbox))
        try fixture.reopen(as: .tool)
        _ = try fixture.store.rebuildProjections()
        try fixture.reopen()
        #expect(try fixture.row(.inbox, of: account).exists == 13)
        try fixture.expectNoDrift()
    }

    @Test func aRemovedAccountIsNotFoundAgain() throws {
        try fixture.perform(RemoveAccount(name: "ada"))
        #expect(
            try fixture.store.read { reader throws(StoreError) in
                try reader.account(named: "ada") == nil
            })
        let again = try fixture.account("ada")
        #expect(again != account)
        try fixture.expectNoDrift()
    }
}
