import MailModel

/// One mailbox: its counters and what never changes of it. Written once per commit.
package struct MailboxRow: StoredRow, Hashable, Sendable {
    package var account: AccountID
    package var name: MailboxName
    package var uidValidity: UIDValidity
    /// 1...2^32: the last value says that no UID is left.
    package var uidNext: UInt64
    package var exists: UInt32
    package var unseen: UInt32
    /// Messages with `\Deleted`: STATUS DELETED of RFC 9051.
    package var deleted: UInt32
    package var sizeBytes: UInt64
    package var highestModSeq: ModSeq
    /// UIDs from here on have not been told to any session as `\Recent`.
    package var recentFrom: UInt64
    /// Expunged messages not reclaimed yet.
    package var ghosts: UInt32
    /// The last event that expunged anything here; `.start` when none has.
    package var lastExpunge: LogPosition
    /// nil while the mailbox lives; the event that deleted it while it is a ghost.
    package var deletedAt: LogPosition?
    package var specialUses: [SpecialUse]

    package init(
        account: AccountID, name: MailboxName, uidValidity: UIDValidity, created: LogPosition,
        specialUses: [SpecialUse]
    ) {
        self.account = account
        self.name = name
        self.uidValidity = uidValidity
        self.specialUses = specialUses
        uidNext = 1
        exists = 0
        unseen = 0
        deleted = 0
        sizeBytes = 0
        highestModSeq = created
        recentFrom = 1
        ghosts = 0
        lastExpunge = .start
        deletedAt = nil
    }

    /// - Returns: nil when the bytes are no mailbox row.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var row = RowReader(bytes)
        guard let account: UInt64 = row.next(), let validity: UInt32 = row.next(),
            let uidValidity = UIDValidity(validity), let uidNext: UInt64 = row.next(),
            let exists: UInt32 = row.next(), let unseen: UInt32 = row.next(),
            let deleted: UInt32 = row.next(), let sizeBytes: UInt64 = row.next(),
            let highestModSeq: UInt64 = row.next(), let recentFrom: UInt64 = row.next(),
            let ghosts: UInt32 = row.next(), let lastExpunge: UInt64 = row.next(),
            let deletedAt: UInt64 = row.next(), let uses: UInt16 = row.next(),
            let name = row.restAsString()
        else { return nil }
        self.account = AccountID(account)
        self.name = MailboxName(unchecked: name)
        self.uidValidity = uidValidity
        self.uidNext = uidNext
        self.exists = exists
        self.unseen = unseen
        self.deleted = deleted
        self.sizeBytes = sizeBytes
        self.highestModSeq = ModSeq(highestModSeq)
        self.recentFrom = recentFrom
        self.ghosts = ghosts
        self.lastExpunge = LogPosition(lastExpunge)
        self.deletedAt = deletedAt == 0 ? nil : LogPosition(deletedAt)
        specialUses = SpecialUse.allCases.filter { uses & (1 << $0.rawValue) != 0 }
    }

    package static let fixedBytes = 78

    package var rowBytes: Int { MailboxRow.fixedBytes + name.string.utf8.count }

    package func fill(_ row: inout RowWriter) {
        row.put(account.rawValue)
        row.put(uidValidity.rawValue)
        row.put(uidNext)
        row.put(exists)
        row.put(unseen)
        row.put(deleted)
        row.put(sizeBytes)
        row.put(highestModSeq.rawValue)
        row.put(recentFrom)
        row.put(ghosts)
        row.put(lastExpunge.rawValue)
        row.put(deletedAt?.rawValue ?? 0)
        row.put(specialUses.reduce(UInt16(0)) { $0 | 1 << $1.rawValue })
        row.put(text: name.string)
    }
}
