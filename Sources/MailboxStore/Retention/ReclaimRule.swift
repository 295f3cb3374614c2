import MailModel

/// Which ghosts may go, given who still looks: DESIGN §6, RFC 2180 §3.2 and §4.1.1.
struct ReclaimRule {
    /// Ghosts that are waited for while somebody has the mailbox open, so that a session which
    /// expunges one message at a time does not cause an event for each.
    let leastGhosts: UInt32

    /// - Parameters:
    ///   - horizon: asked for *after* the facts became known. A view that is not in it opens on a
    ///     snapshot that already has every expunge of the facts, and needs none of those ghosts.
    ///   - progress: what was asked for before.
    func request(
        _ mailbox: MailboxID, _ facts: GhostFacts, horizon: LogPosition?,
        _ progress: ReclaimProgress
    ) -> ReclaimRequest? {
        guard let horizon else { return requestUnseen(mailbox, facts, progress) }
        guard !progress.isPending, facts.ghosts >= max(1, leastGhosts),
            horizon >= progress.worthwhile
        else { return nil }
        let through = min(facts.lastExpunge, horizon)
        guard through > progress.through else { return nil }
        return ReclaimRequest(
            mailbox: mailbox, account: facts.account, through: through, whole: false)
    }

    /// Nobody has the mailbox open: all ghosts may go, and the mailbox itself if it is one.
    private func requestUnseen(
        _ mailbox: MailboxID, _ facts: GhostFacts, _ progress: ReclaimProgress
    ) -> ReclaimRequest? {
        if facts.deletedAt != nil {
            guard !progress.whole else { return nil }
            return ReclaimRequest(
                mailbox: mailbox, account: facts.account, through: facts.asOf, whole: true)
        }
        guard !progress.isPending, facts.ghosts > 0, facts.lastExpunge > progress.through else {
            return nil
        }
        return ReclaimRequest(
            mailbox: mailbox, account: facts.account, through: facts.lastExpunge, whole: false)
    }
}

/// What has been asked for in one mailbox.
struct ReclaimProgress: Hashable, Sendable {
    var through = LogPosition.start
    var whole = false
    /// A request is with the writer.
    var isPending = false
    /// Some ghost is known to be at or before this position: a lower horizon is not worth a
    /// request. Too high only delays, until the horizon passes it or the last view closes.
    var worthwhile: LogPosition
}
