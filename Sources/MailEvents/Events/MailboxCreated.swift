import MailModel

/// A mailbox came to be: RFC 9051 §6.3.4. Its ID is the position of this event.
package struct MailboxCreated: Hashable, Sendable {
    package var name: MailboxName
    package var uidValidity: UIDValidity
    /// What it is for: RFC 6154; usually nothing.
    package var specialUse: [SpecialUse]

    package init(name: MailboxName, uidValidity: UIDValidity, specialUse: [SpecialUse]) {
        self.name = name
        self.uidValidity = uidValidity
        self.specialUse = specialUse
    }
}
