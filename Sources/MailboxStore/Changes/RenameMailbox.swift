import MailEvents
import MailModel
import MultiAccess

/// RENAME: RFC 9051 §6.3.6. Children follow; missing superiors of the new name are made.
///
/// INBOX keeps existing: its messages move to the new mailbox, its children stay.
package struct RenameMailbox: Change {
    package let account: AccountID
    package let from: MailboxName
    package let to: MailboxName
    /// The session that asks: its own view does not count as somebody else's.
    package let requester: SessionIdentity?

    package init(
        account: AccountID, from: MailboxName, to: MailboxName, requester: SessionIdentity? = nil
    ) {
        self.account = account
        self.from = from
        self.to = to
        self.requester = requester
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        if to.isInbox { return .refuse(.mailboxExists(to.string)) }
        if from.isInbox { return try renameInbox(on: state) }
        if to.isBelow(from) { return .refuse(.cannotRenameInto(to.string)) }
        let moving = try state.mailboxes(of: account).filter {
            $0.1.name == from || $0.1.name.isBelow(from)
        }
        guard !moving.isEmpty else { return .refuse(.noSuchMailbox(from.string)) }
        var renames: [(id: MailboxID, old: MailboxName, new: MailboxName)] = []
        for (id, row) in moving {
            guard let new = row.name.moved(from: from, to: to) else { continue }
            if let refusal = try state.refusal(ofTaking: new, in: account) {
                return .refuse(refusal)
            }
            if isRefused(id, on: state) { return .refuse(.mailboxInUse(row.name.string)) }
            if (try? MailboxName(new.string)) != new {
                return .refuse(.cannotRenameInto(new.string))
            }
            renames.append((id, row.name, new))
        }
        if let refusal = try state.refusal(ofTaking: to, in: account) { return .refuse(refusal) }
        var events = try superiors(on: state)
        for rename in renames {
            let renamed = MailboxRenamed(mailbox: rename.id, from: rename.old, to: rename.new)
            events.append(
                ScopedEvent(account: account, mailbox: rename.id, .mailboxRenamed(renamed)))
        }
        return .accept(events, .done)
    }

    /// RFC 2180 §3: what happens to those who have it open. To disconnect them is the server's
    /// part, once it is done.
    private func isRefused(
        _ mailbox: MailboxID, on state: borrowing StoreState
    ) -> Bool {
        let others = state.viewers(of: mailbox, besides: requester)
        guard others > 0 else { return false }
        switch state.facts.policy.renaming.judge(MailboxRenaming(otherViewers: others)) {
        case .refuse: return true
        case .follow, .disconnectViewers: return false
        }
    }

    /// The events that make what is missing above the new name.
    private func superiors(on state: borrowing StoreState) throws(StoreError) -> [ScopedEvent] {
        guard let parent = to.ancestors.last, try state.name(parent, in: account) == nil else {
            return []
        }
        return try state.creating(parent, in: account, specialUses: [], eventsBefore: 0)
    }

    // RFC 3501 §6.3.5: "Renaming INBOX is permitted, and has special behavior."
    private func renameInbox(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard let inbox = try state.mailbox(named: .inbox, in: account) else {
            return .refuse(.noSuchMailbox(from.string))
        }
        if let refusal = try state.refusal(ofTaking: to, in: account) { return .refuse(refusal) }
        var events = try state.creating(to, in: account, specialUses: [], eventsBefore: 0)
        guard let destination = events.last?.mailbox, let first = UID(1) else {
            return .refuse(.mailboxExists(to.string))
        }
        let uids = try state.liveUIDs(of: inbox)
        if !uids.isEmpty {
            let moved = MessagesMoved(
                source: inbox, sourceUIDs: uids, destination: destination, firstUID: first)
            events.append(
                ScopedEvent(account: account, mailbox: destination, .messagesMoved(moved)))
        }
        return .accept(events, .mailboxCreated(destination))
    }
}
