import MailModel

/// Rosters of mailboxes that nobody has open any more, for whoever opens them next.
///
/// Mail programs open the same few mailboxes again and again, and most of them one at a time: to fold
/// what happened since costs far less than to scan a large mailbox anew. Not truth, only a cache of a
/// fold: whoever takes one brings it forward by the log, whatever was noted here.
struct SpareRosters {
    private struct Spare {
        let roster: Roster
        let uids: Int
        /// Grows with each that is kept: the least was kept first.
        let stamp: UInt64
        /// Commits that have touched the mailbox since.
        var touches = 0
    }

    private var spares: [MailboxID: Spare] = [:]
    private var uids = 0
    private var stamp: UInt64 = 0

    /// Smaller mailboxes are scanned as fast as anything is folded.
    static let leastUIDs = 512
    /// 16 MB of UIDs in all.
    static let mostUIDs = 4 << 20
    static let mostRosters = 256
    /// Behind more commits than this a roster is not worth bringing forward.
    static let mostTouches = 1024

    var count: Int { spares.count }

    /// Keeps a roster that no view uses; those kept longest go for it.
    mutating func keep(_ roster: Roster, of mailbox: MailboxID) {
        let size = roster.uidCount
        guard size >= SpareRosters.leastUIDs, size <= SpareRosters.mostUIDs else { return }
        drop(mailbox)
        stamp += 1
        spares[mailbox] = Spare(roster: roster, uids: size, stamp: stamp)
        uids += size
        while uids > SpareRosters.mostUIDs || spares.count > SpareRosters.mostRosters,
            let oldest = spares.min(by: { $0.value.stamp < $1.value.stamp })
        {
            drop(oldest.key)
        }
    }

    mutating func take(_ mailbox: MailboxID) -> Roster? {
        defer { drop(mailbox) }
        return spares[mailbox]?.roster
    }

    /// Notes that a commit has touched the mailbox.
    mutating func note(_ mailbox: MailboxID) {
        guard let touches = spares[mailbox]?.touches else { return }
        spares[mailbox]?.touches = touches + 1
        if touches >= SpareRosters.mostTouches { drop(mailbox) }
    }

    private mutating func drop(_ mailbox: MailboxID) {
        guard let spare = spares.removeValue(forKey: mailbox) else { return }
        uids -= spare.uids
    }
}
