import MailEvents
import MailModel
import MultiAccess

/// DELETE: RFC 9051 §6.3.5, and what RFC 2180 §3 says of a mailbox that others have open.
package struct DeleteMailbox: Change {
    package let account: AccountID
    package let name: MailboxName
    /// The session that asks: its own view does not count as somebody else's.
    package let requester: SessionIdentity?

    package init(account: AccountID, name: MailboxName, requester: SessionIdentity? = nil) {
        self.account = account
        self.name = name
        self.requester = requester
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        if name.isInbox { return .refuse(.cannotDeleteInbox) }
        guard let id = try state.mailbox(named: name, in: account) else {
            let hasChildren = try state.mailboxes(of: account).contains {
                $0.1.name.isBelow(name)
            }
            return .refuse(
                hasChildren ? .hasChildren(name.string) : .noSuchMailbox(name.string))
        }
        let verdict = try judge(id, on: state)
        if verdict == .refuse { return .refuse(.mailboxInUse(name.string)) }
        let deleted = MailboxDeleted(
            mailbox: id, name: name, disconnects: verdict == .disconnectViewers)
        var events = [ScopedEvent(account: account, mailbox: id, .mailboxDeleted(deleted))]
        // Where sessions may be, a view can open between this decision and its commit: the whole
        // mailbox is then reclaimed by a change of its own, which the hub asks for.
        if state.facts.nobodyCanLook {
            let reclaim = ReclaimGhosts(
                mailbox: id, account: account, through: state.nextPosition, whole: true)
            events += try reclaim.events(on: state)
        }
        return .accept(events, .done)
    }

    /// RFC 2180 §3: what happens to those who have it open. The event says that they are to be
    /// disconnected; whoever has their views sees to it.
    private func judge(
        _ mailbox: MailboxID, on state: borrowing StoreState
    ) throws(StoreError) -> DeletionVerdict {
        let others = state.viewers(of: mailbox, besides: requester)
        guard others > 0 else { return .keepGhost }
        return try state.policy(of: mailbox).deleting.judge(MailboxDeletion(otherViewers: others))
    }
}
