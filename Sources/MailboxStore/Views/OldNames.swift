import MailModel

/// Names that mailboxes had when sessions opened them that still have them open: RFC 2180 §3.4.
struct OldNames {
    private struct Key: Hashable {
        let account: AccountID
        let name: MailboxName
    }

    private struct Entry {
        let mailbox: MailboxID
        /// Views opened earlier know the mailbox by this name.
        let renamedAt: LogPosition
    }

    private var entries: [Key: Entry] = [:]

    var isEmpty: Bool { entries.isEmpty }

    /// Call only when a view of the mailbox is older than the event.
    mutating func note(_ renamed: RenamedMailbox) {
        let key = Key(account: renamed.account, name: renamed.oldName)
        guard entries[key].map({ $0.renamedAt < renamed.position }) ?? true else { return }
        entries[key] = Entry(mailbox: renamed.mailbox, renamedAt: renamed.position)
    }

    func mailbox(_ name: MailboxName, in account: AccountID) -> MailboxID? {
        entries[Key(account: account, name: name)]?.mailbox
    }

    /// Keeps what some view of the mailbox still goes by.
    ///
    /// - Parameter oldestView: where the oldest was opened; nil when nobody has the mailbox open.
    mutating func forget(_ mailbox: MailboxID, olderThan oldestView: LogPosition?) {
        entries = entries.filter { _, entry in
            guard entry.mailbox == mailbox else { return true }
            return oldestView.map { $0 < entry.renamedAt } ?? false
        }
    }
}
