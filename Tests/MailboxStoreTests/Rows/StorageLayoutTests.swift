import Foundation
import LMDB
import MailEvents
import MailModel
import MailboxStore
import Testing

/// The worked example of `Schemas/storage.md`, read from the document itself.
@Suite struct StorageLayoutTests {
    @Test func keysAreAsTheDocumentSays() throws {
        let example = try StorageExample()
        let anna = AccountID(2)
        let inbox = MailboxID(3)
        let email = EmailID(position: LogPosition(5), index: 1)
        let work = MailboxName(unchecked: "INBOX/Wörk")
        let level = String(repeating: "abcdefgh", count: 12)
        let long = MailboxName(unchecked: Array(repeating: level, count: 5).joined(separator: "/"))
        try example.expect("key of account 2", StateKey.account(anna))
        try example.expect("key of account name anna", NameKey.account("anna"))
        try example.expect("key of mailbox 3", StateKey.mailbox(inbox))
        try example.expect("key of name INBOX", NameKey.mailbox(anna, .inbox))
        try example.expect("key of name INBOX/Wörk", NameKey.mailbox(anna, work))
        try example.expect("key of the long name", NameKey.mailbox(anna, long))
        try example.expect("key of subscription INBOX", NameKey.subscription(anna, .inbox))
        try example.expect("key of keywords 3", StateKey.keywords(inbox))
        try example.expect("key of message 3 2", MessageKey.live(inbox, 2))
        try example.expect("key of ghost 3 1", MessageKey.ghost(inbox, 1))
        try example.expect(
            "key of delta 3 5", DeltaKey(position: LogPosition(5), mailbox: inbox))
        try example.expect(
            "key of delta 3 7", DeltaKey(position: LogPosition(7), mailbox: inbox))
        try example.expect("key of summary 5 1", EmailKey.summary(email))
        try example.expect("key of shared 5 1", EmailKey.shared(email))
        try example.expect("key of position", StateKey.position)
        try example.expect("key of body", BodyKey(BodyDigest(hashing: Array("abc".utf8))))
    }

    @Test func rowsAreInTheDatabasesThatTheDocumentNames() throws {
        let example = try StorageExample()
        for kind in RowKind.allCases {
            let letter = String(UnicodeScalar(kind.rawValue))
            #expect(example.databases[letter] == kind.table.rawValue, "\(kind)")
        }
        #expect(example.databases.count == RowKind.allCases.count)
    }

    @Test func rowsOfAccountsAndNamesAreAsTheDocumentSays() throws {
        let example = try StorageExample()
        var account = AccountRow(name: "anna")
        account.lastUIDValidity = 1_767_225_602
        try example.expect("row of account 2", account, AccountRow.init)
        try example.expect(
            "row of name INBOX",
            NameRow(mailbox: MailboxID(3), isGhost: false, name: .inbox), NameRow.init)
        try example.expect(
            "row of name INBOX/Wörk",
            NameRow(
                mailbox: MailboxID(4), isGhost: true, name: MailboxName(unchecked: "INBOX/Wörk")),
            NameRow.init)
        try example.expect(
            "row of position",
            PositionRow(LogPosition(9), version: StoreState.projectionVersion), PositionRow.init)
    }

    @Test func rowsOfMailboxesAreAsTheDocumentSays() throws {
        let example = try StorageExample()
        var inbox = MailboxRow(
            account: AccountID(2), name: .inbox,
            uidValidity: try #require(UIDValidity(1_767_225_602)), created: LogPosition(3),
            specialUses: [.archive, .important])
        inbox.uidNext = 3
        inbox.exists = 1
        inbox.sizeBytes = 4096
        inbox.highestModSeq = ModSeq(7)
        inbox.recentFrom = 3
        inbox.ghosts = 1
        inbox.lastExpunge = LogPosition(7)
        try example.expect("row of mailbox 3", inbox, MailboxRow.init)

        var keywords = KeywordTable()
        _ = keywords.indexAdding(try #require(Keyword("$Work")))
        _ = keywords.indexAdding(try #require(Keyword("Home")))
        try example.expect("row of keywords 3", keywords, KeywordTable.init)

        var appended = MailboxDelta()
        appended.appended = UIDSet(1...2)
        try example.expect(
            "row of delta 3 5", DeltaRow(previous: LogPosition(3), appended), DeltaRow.init)
        var expunged = MailboxDelta()
        expunged.expunged = UIDSet(1...1)
        try example.expect(
            "row of delta 3 7", DeltaRow(previous: LogPosition(6), expunged), DeltaRow.init)
        var all = MailboxDelta()
        all.appended = UIDSet(9...9)
        all.expunged = UIDSet([1...2, 5...5])
        all.flagged = UIDSet(3...4)
        all.mailboxDeleted = true
        all.mailboxRenamed = true
        try example.expect(
            "row of a delta of all kinds", DeltaRow(previous: LogPosition(7), all), DeltaRow.init)
    }

    @Test func rowsOfMessagesAreAsTheDocumentSays() throws {
        let example = try StorageExample()
        var bits = KeywordBits()
        bits.insert(0)
        try example.expect(
            "row of message 3 2",
            message(6, index: 1, bytes: 4096, zone: 60, flags: [.seen], bits), MessageRow.init)
        let ghost = message(5, index: 0, bytes: 3, zone: -60, flags: [], KeywordBits())
        let row = GhostRow(expungedAt: LogPosition(7), message: ghost.encoded())
        #expect(row.encoded().hexadecimal == (try example.hexadecimal("row of ghost 3 1")))
        let body = BodyRow(
            location: BodyLocation(segment: 1, offset: 72, sizeBytes: 4096), uses: 2)
        try example.expect("row of body", body, BodyRow.init)
        let summary = try example.bytes("row of summary 5 1")
        try summary.withUnsafeBytes { bytes in
            let row = try #require(SummaryRow(bytes))
            #expect(row.digest == BodyDigest(hashing: Array("abc".utf8)))
            #expect(Array(row.stored) == [1, 2, 3])
        }
    }

    private func message(
        _ modSeq: UInt64, index: UInt32, bytes: UInt64, zone: Int16, flags: SystemFlags,
        _ keywords: KeywordBits
    ) -> MessageRow {
        MessageRow(
            modSeq: ModSeq(modSeq), emailID: EmailID(position: LogPosition(5), index: index),
            sizeBytes: bytes,
            internalDate: InternalDate(secondsSinceEpoch: 1_767_225_602, zoneMinutes: zone),
            savedSeconds: 1_767_225_603, flags: flags, keywords: keywords)
    }

    /// What the document says of single numbers and texts, held against a store that wrote them.
    @Test func aStoreWritesWhatTheDocumentSays() throws {
        let fixture = try StoreFixture()
        let account = try fixture.account("anna")
        #expect(account == AccountID(2))
        _ = try fixture.append("abc", of: account)
        try fixture.perform(Subscribe(account: account, name: .inbox))
        let inbox = try fixture.mailbox(.inbox, of: account)
        #expect(inbox == MailboxID(3))
        let copied = CopyMessages(
            account: account, source: inbox, uids: UIDSet(1...1), destination: .inbox)
        try fixture.perform(copied)
        let example = try StorageExample()
        try fixture.store.read { reader throws(StoreError) in
            try example.compare("row of account name anna", reader, NameKey.account("anna"))
            try example.compare(
                "row of subscription INBOX", reader, NameKey.subscription(account, .inbox))
            try example.compare("row of name INBOX", reader, NameKey.mailbox(account, .inbox))
            let email = EmailID(position: LogPosition(4), index: 0)
            try example.compare("row of shared 5 1", reader, EmailKey.shared(email))
        }
    }
}

/// The lines of the example: a name, a colon, bytes.
private struct StorageExample {
    private let lines: [String: String]
    /// What the table of kinds says: a key's first letter → the database.
    let databases: [String: String]

    init() throws {
        let file = URL(filePath: #filePath).deletingLastPathComponent()
            .appending(path: "../../../Schemas/storage.md").standardized
        let document = try String(contentsOf: file, encoding: .utf8)
        var lines: [String: String] = [:]
        var databases: [String: String] = [:]
        for row in document.matches(of: /(?m)^\| `(\w)`[^|]*\| `(\w+)` \|/) {
            databases[String(row.1)] = String(row.2)
        }
        self.databases = databases
        for line in document.split(separator: "\n")
        where line.hasPrefix("key of ") || line.hasPrefix("row of ") {
            let parts = line.split(separator: ":", maxSplits: 1)
            if parts.count == 2 {
                lines[String(parts[0])] = parts[1].trimmingCharacters(in: .whitespaces)
            }
        }
        self.lines = lines
    }

    func hexadecimal(_ name: String) throws -> String {
        try #require(lines[name], "storage.md has no line \(name)")
    }

    func bytes(_ name: String) throws -> [UInt8] {
        try #require([UInt8](hexadecimal: try hexadecimal(name)))
    }

    func expect(
        _ name: String, _ key: some KeyCodable, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try hexadecimal(name)
        #expect(key.keyBytes.hexadecimal == expected, sourceLocation: sourceLocation)
    }

    /// Holds writing and reading to the document.
    func expect<Row: StoredRow & Equatable>(
        _ name: String, _ row: Row, _ read: (UnsafeRawBufferPointer) -> Row?,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        let expected = try bytes(name)
        #expect(row.encoded().hexadecimal == expected.hexadecimal, sourceLocation: sourceLocation)
        #expect(expected.withUnsafeBytes(read) == row, sourceLocation: sourceLocation)
    }

    func compare(
        _ name: String, _ reader: borrowing StoreReader, _ key: some RowKey
    ) throws(StoreError) {
        guard let row = try reader.row(key) else { throw .corrupt("there is no \(name)") }
        #expect(Array(row).hexadecimal == lines[name])
    }
}
