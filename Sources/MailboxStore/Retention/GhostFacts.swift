import MailModel

/// What there is to reclaim in one mailbox, as its row said at a position.
struct GhostFacts: Hashable, Sendable {
    let account: AccountID
    /// Expunged messages not reclaimed yet.
    let ghosts: UInt32
    let lastExpunge: LogPosition
    /// nil while the mailbox lives.
    let deletedAt: LogPosition?
    let asOf: LogPosition

    init(_ row: MailboxRow, asOf head: LogPosition) {
        self.init(
            account: row.account, ghosts: row.ghosts, lastExpunge: row.lastExpunge,
            deletedAt: row.deletedAt, asOf: head)
    }

    init(
        account: AccountID, ghosts: UInt32, lastExpunge: LogPosition, deletedAt: LogPosition?,
        asOf: LogPosition
    ) {
        self.account = account
        self.ghosts = ghosts
        self.lastExpunge = lastExpunge
        self.deletedAt = deletedAt
        self.asOf = asOf
    }

    /// The mailbox has no row any more.
    static func none(asOf head: LogPosition) -> GhostFacts {
        GhostFacts(
            account: AccountID(0), ghosts: 0, lastExpunge: .start, deletedAt: nil, asOf: head)
    }

    var isEmpty: Bool { ghosts == 0 && deletedAt == nil }
}

/// A wish to reclaim: becomes the change `ReclaimGhosts`.
package struct ReclaimRequest: Hashable, Sendable {
    package let mailbox: MailboxID
    package let account: AccountID
    /// Ghosts expunged at or before this position may go.
    package let through: LogPosition
    /// The deleted mailbox itself may go, with all its messages, and its name becomes free.
    package let whole: Bool
}
