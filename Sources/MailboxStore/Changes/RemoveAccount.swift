import MailEvents
import MailModel

/// Closes an account: nobody can log in, none of its mailboxes is found by name any more.
///
/// Its events and bodies stay.
package struct RemoveAccount: Change {
    package let name: String

    package init(name: String) { self.name = name }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard let account = try state.account(named: name) else {
            return .refuse(.noSuchAccount(name))
        }
        var events: [ScopedEvent] = []
        for (id, row) in try state.mailboxes(of: account) {
            let deleted = MailboxDeleted(mailbox: id, name: row.name)
            events.append(ScopedEvent(account: account, mailbox: id, .mailboxDeleted(deleted)))
        }
        events.append(
            ScopedEvent(
                account: account, mailbox: nil, .accountRemoved(AccountRemoved(account: account))))
        return .accept(events, .done)
    }
}
