import MailModel

/// What the views of one mailbox share. It is there while somebody has the mailbox open.
package final class Room: Sendable {
    let roster: Roster
    let recent: RecentGrants

    init(of mailbox: MailboxID, recentFrom: UInt64) {
        roster = Roster(of: mailbox)
        recent = RecentGrants(from: recentFrom)
    }
}
