import MailEvents
import MailModel

/// Notes that some session has been told of everything up to a UID as `\Recent`: RFC 3501 §2.3.2.
///
/// The only event that a SELECT may cause; nobody waits for it.
package struct ClaimRecent: Change {
    package let account: AccountID
    package let mailbox: MailboxID
    package let through: UID

    package init(account: AccountID, mailbox: MailboxID, through: UID) {
        self.account = account
        self.mailbox = mailbox
        self.through = through
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard let row = try state.mailboxRow(mailbox), row.deletedAt == nil,
            UInt64(through.rawValue) >= row.recentFrom
        else { return .accept([], .done) }
        let event = MailEvent.recentClaimed(RecentClaimed(mailbox: mailbox, through: through))
        return .accept([ScopedEvent(account: account, mailbox: mailbox, event)], .done)
    }
}
