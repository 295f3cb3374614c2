import MailEvents
import MailModel

/// Makes an account with its INBOX, and any other mailboxes it shall start with.
package struct CreateAccount: Change {
    package let name: String
    /// Beside INBOX: what mail programs look for by special use (RFC 6154). They are subscribed, for
    /// many programs show nothing else; INBOX all of them show.
    package let mailboxes: [(name: MailboxName, use: SpecialUse)]

    package init(name: String, mailboxes: [(name: MailboxName, use: SpecialUse)] = []) {
        self.name = name
        self.mailboxes = mailboxes
    }

    package var needsRoom: Bool { true }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard try state.account(named: name) == nil else { return .refuse(.accountExists(name)) }
        let account = AccountID(state.nextPosition.rawValue)
        // A client that knew a removed account of this name must not take this one for it.
        var validity = state.uidValidity(after: try state.lastUIDValidity(ofRemoved: name))
        var events = [
            ScopedEvent(account: account, mailbox: nil, .accountCreated(AccountCreated(name: name)))
        ]
        for (name, uses) in [(MailboxName.inbox, [])] + mailboxes.map({ ($0.name, [$0.use]) }) {
            let id = MailboxID(state.nextPosition.rawValue + UInt64(events.count))
            let created = MailboxCreated(name: name, uidValidity: validity, specialUse: uses)
            events.append(ScopedEvent(account: account, mailbox: id, .mailboxCreated(created)))
            if name != .inbox { events.append(.subscribing(to: name, in: account)) }
            validity = state.uidValidity(after: validity.rawValue)
        }
        return .accept(events, .accountCreated(account))
    }
}
