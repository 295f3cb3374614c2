import MailEvents
import MailModel

/// SUBSCRIBE: RFC 9051 §6.3.7. The name need not exist.
package struct Subscribe: Change {
    package let account: AccountID
    package let name: MailboxName

    package init(account: AccountID, name: MailboxName) {
        self.account = account
        self.name = name
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard try state.isLive(account) else { return .refuse(.noSuchAccount("\(account)")) }
        guard try !state.isSubscribed(name, in: account) else { return .accept([], .done) }
        return .accept([.subscribing(to: name, in: account)], .done)
    }
}

extension ScopedEvent {
    static func subscribing(to name: MailboxName, in account: AccountID) -> ScopedEvent {
        ScopedEvent(
            account: account, mailbox: nil, .mailboxSubscribed(MailboxSubscribed(name: name)))
    }
}
