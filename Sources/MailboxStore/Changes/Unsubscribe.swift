import MailEvents
import MailModel

/// UNSUBSCRIBE: RFC 9051 §6.3.8. A name that is not subscribed is no error.
package struct Unsubscribe: Change {
    package let account: AccountID
    package let name: MailboxName

    package init(account: AccountID, name: MailboxName) {
        self.account = account
        self.name = name
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard try state.isSubscribed(name, in: account) else { return .accept([], .done) }
        let event = MailEvent.mailboxUnsubscribed(MailboxUnsubscribed(name: name))
        return .accept([ScopedEvent(account: account, mailbox: nil, event)], .done)
    }
}
