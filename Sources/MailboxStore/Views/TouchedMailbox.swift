import MailModel

/// What a commit did to one mailbox, as far as views, watchers and the reclaimer care.
package struct TouchedMailbox: Sendable {
    package let mailbox: MailboxID
    /// Something that views tell: an event with a `MailboxDelta`.
    package let hasNews: Bool
    let ghosts: GhostFacts
    let recentFrom: UInt64?

    /// - Parameters:
    ///   - row: as it is after the commit; nil when the commit removed it.
    ///   - head: the position that the commit reached.
    package init(_ mailbox: MailboxID, _ row: MailboxRow?, hasNews: Bool, head: LogPosition) {
        self.mailbox = mailbox
        self.hasNews = hasNews
        ghosts = row.map { GhostFacts($0, asOf: head) } ?? .none(asOf: head)
        recentFrom = row?.recentFrom
    }
}
