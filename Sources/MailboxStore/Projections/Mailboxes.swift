import MailEvents
import MailModel

extension StoreState {
    borrowing func apply(
        _ event: MailboxCreated, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard let account = recorded.account else { return }
        let id = MailboxID(recorded.position.rawValue)
        let mailbox = OpenMailbox(
            id,
            MailboxRow(
                account: account, name: event.name, uidValidity: event.uidValidity,
                created: recorded.position, specialUses: event.specialUse))
        mailbox.isChanged = true
        open.add(mailbox)
        try hold(event.name, by: id, of: account, isGhost: false)
        guard var owner = try accountRow(account),
            owner.lastUIDValidity < event.uidValidity.rawValue
        else { return }
        owner.lastUIDValidity = event.uidValidity.rawValue
        try put(StateKey.account(account), owner)
    }

    borrowing func apply(
        _ event: MailboxRenamed, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard let row = try mailboxRow(event.mailbox) else { return }
        try delete(NameKey.mailbox(row.account, event.from))
        try hold(event.to, by: event.mailbox, of: row.account, isGhost: false)
        try update(event.mailbox) { $0.name = event.to }
        var delta = MailboxDelta()
        delta.mailboxRenamed = true
        try record(delta, of: event.mailbox, at: recorded.position)
    }

    /// The mailbox becomes a ghost that reserves its name (RFC 2180 §3.2) until it is reclaimed.
    borrowing func apply(
        _ event: MailboxDeleted, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard let row = try mailboxRow(event.mailbox) else { return }
        try hold(event.name, by: event.mailbox, of: row.account, isGhost: true)
        try update(event.mailbox) { $0.deletedAt = recorded.position }
        var delta = MailboxDelta()
        delta.mailboxDeleted = true
        try record(delta, of: event.mailbox, at: recorded.position)
    }

    private borrowing func hold(
        _ name: MailboxName, by mailbox: MailboxID, of account: AccountID, isGhost: Bool
    ) throws(StoreError) {
        let row = NameRow(mailbox: mailbox, isGhost: isGhost, name: name)
        try put(NameKey.mailbox(account, name), row)
    }
}
