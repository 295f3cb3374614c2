import MailModel

/// What the views of one mailbox share. It is there while somebody has the mailbox open.
package final class Room: Sendable {
    let roster: Roster
    let recent: RecentGrants

    init(roster: Roster, recentFrom: UInt64) {
        self.roster = roster
        recent = RecentGrants(from: recentFrom)
    }
}
