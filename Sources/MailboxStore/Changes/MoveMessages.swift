import MailEvents
import MailModel
import MultiAccess

/// MOVE: RFC 6851. One event: there is no moment at which a message is in both places or in neither.
///
/// Only live messages move; a ghost has left its mailbox already.
package struct MoveMessages: Change {
    package let account: AccountID
    package let source: MailboxID
    package let uids: UIDSet
    package let destination: MailboxName
    /// The session that asks: its own view does not count as somebody else's.
    package let requester: SessionIdentity?

    package init(
        account: AccountID, source: MailboxID, uids: UIDSet, destination: MailboxName,
        requester: SessionIdentity? = nil
    ) {
        self.requester = requester
        self.account = account
        self.source = source
        self.uids = uids
        self.destination = destination
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard let target = try state.mailbox(named: destination, in: account),
            let row = try state.mailboxRow(target)
        else { return .refuse(try state.refusal(ofMissing: destination, in: account)) }
        let present = try state.liveUIDs(of: source, among: uids)
        guard !present.isEmpty else {
            return .accept(
                [], .copied(uidValidity: row.uidValidity, source: present, destination: UIDSet()))
        }
        guard try state.mayExpunge(present.count, from: source, by: .move, requester: requester)
        else { return .refuse(.mailboxInUse(try state.mailboxRow(source)?.name.string ?? "")) }
        guard try state.hasRoomForKeywords(of: present, in: source, copiedTo: target) else {
            return .refuse(.tooManyKeywords(limit: KeywordTable.most))
        }
        guard let newUIDs = row.nextUIDs(count: present.count), let first = UID(newUIDs.lowerBound)
        else { return .refuse(.noUIDsLeft(destination.string)) }
        let event = MailEvent.messagesMoved(
            MessagesMoved(
                source: source, sourceUIDs: present, destination: target, firstUID: first))
        return .accept(
            [ScopedEvent(account: account, mailbox: target, event)],
            .copied(uidValidity: row.uidValidity, source: present, destination: UIDSet(newUIDs)))
    }
}
