import MailEvents
import MailModel
import MultiAccess

/// EXPUNGE, UID EXPUNGE and the expunge of CLOSE: RFC 9051 §6.4.3, RFC 4315 §2.1.
package struct ExpungeMessages: Change {
    package let account: AccountID
    package let mailbox: MailboxID
    /// nil: every message with `\Deleted`. Otherwise those of these that have it.
    package let uids: UIDSet?
    package let cause: Expunging.Cause
    /// The session that asks: its own view does not count as somebody else's.
    package let requester: SessionIdentity?

    package init(
        account: AccountID, mailbox: MailboxID, uids: UIDSet? = nil,
        cause: Expunging.Cause = .expunge, requester: SessionIdentity? = nil
    ) {
        self.cause = cause
        self.requester = requester
        self.account = account
        self.mailbox = mailbox
        self.uids = uids
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard let row = try state.mailboxRow(mailbox) else {
            return .refuse(.mailboxDeleted("\(mailbox)"))
        }
        let doomed = try state.deletedUIDs(of: mailbox, row, among: uids)
        guard !doomed.isEmpty else { return .accept([], .expunged(doomed)) }
        guard
            try state.mayExpunge(doomed.count, from: mailbox, by: cause, requester: requester)
        else { return .refuse(.mailboxInUse(row.name.string)) }
        let event = MailEvent.messagesExpunged(MessagesExpunged(mailbox: mailbox, uids: doomed))
        return .accept(
            [ScopedEvent(account: account, mailbox: mailbox, event)], .expunged(doomed))
    }
}
