import MailEvents
import MailModel

/// STORE: RFC 9051 §6.4.6, with UNCHANGEDSINCE of RFC 7162 §3.1.3.
///
/// The event names only messages whose flags differ afterwards, so a STORE that changes nothing
/// appends nothing and moves no mod-sequence.
package struct ChangeFlags: Change {
    package let account: AccountID
    package let mailbox: MailboxID
    package let uids: UIDSet
    package let operation: FlagOperation
    package let flags: FlagSet
    package let unchangedSince: ModSeq?
    /// Refuse the whole when one of the messages is gone: for who has promised all or nothing
    /// (RFC 2180 §4.2.4).
    package let needsAll: Bool

    package init(
        account: AccountID, mailbox: MailboxID, uids: UIDSet, operation: FlagOperation,
        flags: FlagSet, unchangedSince: ModSeq? = nil, needsAll: Bool = false
    ) {
        self.needsAll = needsAll
        self.account = account
        self.mailbox = mailbox
        self.uids = uids
        self.operation = operation
        self.flags = flags
        self.unchangedSince = unchangedSince
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        guard try state.mailboxRow(mailbox) != nil else {
            return .refuse(.mailboxDeleted("\(mailbox)"))
        }
        let table = try state.keywordTable(mailbox)
        if operation != .remove, !table.hasRoom(for: flags.keywords) {
            return .refuse(.tooManyKeywords(limit: KeywordTable.most))
        }
        let edit = FlagEdit(operation: operation, flags: flags, table: table)
        var changed = UIDSet()
        var failed = UIDSet()
        var present = UIDSet()
        for range in uids.ranges {
            try state.scanMessages(mailbox, in: range) { uid, row in
                present.insertLast(uid...uid)
                if let unchangedSince, row.modSeq > unchangedSince {
                    failed.insertLast(uid...uid)
                } else if edit.changes(row) {
                    changed.insertLast(uid...uid)
                }
                return true
            }
        }
        if needsAll, present != uids { return .refuse(.messagesExpunged) }
        let result = ChangeResult.flagsChanged(
            changed: changed, failed: failed, expunged: uids.subtracting(present))
        guard !changed.isEmpty else { return .accept([], result) }
        let event = MailEvent.flagsChanged(
            FlagsChanged(mailbox: mailbox, uids: changed, operation: operation, flags: flags))
        return .accept([ScopedEvent(account: account, mailbox: mailbox, event)], result)
    }
}
