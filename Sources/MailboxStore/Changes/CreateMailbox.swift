import MailEvents
import MailModel
import MultiAccess

/// CREATE: RFC 9051 §6.3.4, with the special use of RFC 6154 §3. Missing superiors are made too.
package struct CreateMailbox: Change {
    package let account: AccountID
    package let name: MailboxName
    package let specialUses: [SpecialUse]
    /// Whether the mailbox is subscribed too, which CREATE leaves to the client.
    package let subscribes: Bool

    package init(
        account: AccountID, name: MailboxName, specialUses: [SpecialUse] = [],
        subscribes: Bool = false
    ) {
        self.account = account
        self.name = name
        self.specialUses = specialUses
        self.subscribes = subscribes
    }

    package var needsRoom: Bool { true }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard try state.isLive(account) else { return .refuse(.noSuchAccount("\(account)")) }
        if let refusal = try state.refusal(ofTaking: name, in: account) { return .refuse(refusal) }
        for use in specialUses
        where try state.mailboxes(of: account).contains(where: {
            $0.1.specialUses.contains(use)
        }) {
            return .refuse(.specialUseTaken("\(use.attribute)"))
        }
        var events = try state.creating(
            name, in: account, specialUses: specialUses, eventsBefore: 0)
        guard let last = events.last?.mailbox else { return .refuse(.mailboxExists(name.string)) }
        if subscribes, try !state.isSubscribed(name, in: account) {
            events.append(.subscribing(to: name, in: account))
        }
        return .accept(events, .mailboxCreated(last))
    }
}

extension StoreState {
    /// The events that make a mailbox and its missing superiors, the mailbox itself last.
    ///
    /// A superior whose name a ghost reserves is left out: it shows as \NonExistent until it can be
    /// made.
    borrowing func creating(
        _ name: MailboxName, in account: AccountID, specialUses: [SpecialUse], eventsBefore: Int
    ) throws(StoreError) -> [ScopedEvent] {
        var names: [MailboxName] = []
        for superior in name.ancestors
        where try refusal(ofTaking: superior, in: account) == nil {
            names.append(superior)
        }
        names.append(name)
        var last = try accountRow(account)?.lastUIDValidity ?? 0
        var events: [ScopedEvent] = []
        for made in names {
            let validity = uidValidity(after: last)
            last = validity.rawValue
            let id = MailboxID(
                nextPosition.rawValue + UInt64(eventsBefore) + UInt64(events.count))
            let created = MailboxCreated(
                name: made, uidValidity: validity, specialUse: made == name ? specialUses : [])
            events.append(ScopedEvent(account: account, mailbox: id, .mailboxCreated(created)))
        }
        return events
    }
}
