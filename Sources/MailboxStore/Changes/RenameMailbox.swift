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
        var renames: [MailboxRenamed] = []
        for (id, row) in moving {
            guard let new = row.name.moved(from: from, to: to) else { continue }
            if let refusal = try state.refusal(ofTaking: new, in: account) {
                return .refuse(refusal)
            }
            let verdict = try judge(id, on: state)
            if verdict == .refuse { return .refuse(.mailboxInUse(row.name.string)) }
            if (try? MailboxName(new.string)) != new {
                return .refuse(.cannotRenameInto(new.string))
            }
            renames.append(
                MailboxRenamed(
                    mailbox: id, from: row.name, to: new,
                    disconnects: verdict == .disconnectViewers))
        }
        if let refusal = try state.refusal(ofTaking: to, in: account) { return .refuse(refusal) }
        var events = try superiors(on: state)
        for renamed in renames {
            events.append(
                ScopedEvent(account: account, mailbox: renamed.mailbox, .mailboxRenamed(renamed)))
        }
        return .accept(events, .done)
    }

    /// RFC 2180 §3: what happens to those who have it open. The event says that they are to be
    /// disconnected; whoever has their views sees to it.
    private func judge(
        _ mailbox: MailboxID, on state: borrowing StoreState
    ) throws(StoreError) -> RenamingVerdict {
        let others = state.viewers(of: mailbox, besides: requester)
        guard others > 0 else { return .follow(hintsNewName: false) }
        return try state.policy(of: mailbox).renaming.judge(MailboxRenaming(otherViewers: others))
    }

    /// The events that make what is missing above the new name.
    private func superiors(on state: borrowing StoreState) throws(StoreError) -> [ScopedEvent] {
        guard let parent = to.ancestors.last,
            try state.refusal(ofTaking: parent, in: account) == nil
        else { return [] }
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
        guard try state.mayExpunge(uids.count, from: inbox, by: .move, requester: requester) else {
            return .refuse(.mailboxInUse(from.string))
        }
        if !uids.isEmpty {
            let moved = MessagesMoved(
                source: inbox, sourceUIDs: uids, destination: destination, firstUID: first)
            events.append(
                ScopedEvent(account: account, mailbox: destination, .messagesMoved(moved)))
        }
        return .accept(events, .mailboxCreated(destination))
    }
}
