import MailModel

/// The mailboxes that a write transaction has read or changed, as they are now; what was changed is
/// not put yet.
final class OpenMailboxes {
    private var mailboxes: [MailboxID: OpenMailbox] = [:]
    /// Changes come in runs about one mailbox.
    private var latest: OpenMailbox?

    func find(_ id: MailboxID) -> OpenMailbox? {
        if let latest, latest.id == id { return latest }
        guard let found = mailboxes[id] else { return nil }
        latest = found
        return found
    }

    func add(_ mailbox: OpenMailbox) {
        mailboxes[mailbox.id] = mailbox
        latest = mailbox
    }

    /// In no order.
    var all: some Collection<OpenMailbox> { mailboxes.values }

    /// Forgets what was put.
    func removeAll() {
        mailboxes.removeAll(keepingCapacity: true)
        latest = nil
    }
}

/// One mailbox in a write transaction.
final class OpenMailbox {
    let id: MailboxID
    /// nil: there is no such mailbox, or no longer.
    var row: MailboxRow?
    /// `row` is not what the table has.
    var isChanged = false
    /// nil: not read yet.
    var keywords: KeywordTable?
    var areKeywordsChanged = false
    /// This transaction has added to its deltas: views are told.
    var hasNews = false

    init(_ id: MailboxID, _ row: MailboxRow?) {
        self.id = id
        self.row = row
    }

    /// Changes the row in its place; without one there is nothing to change.
    @inline(__always)
    func update(_ change: (inout MailboxRow) -> Void) {
        guard var changed = row.take() else { return }
        change(&changed)
        row = changed
        isChanged = true
    }
}

extension StoreState {
    /// A mailbox, read at its first use in the transaction.
    borrowing func opened(_ mailbox: MailboxID) throws(StoreError) -> OpenMailbox {
        if let known = open.find(mailbox) { return known }
        var found: MailboxRow?
        if let bytes = try row(StateKey.mailbox(mailbox)) {
            found = try decoded(MailboxRow(bytes), "mailbox \(mailbox)")
        }
        let opened = OpenMailbox(mailbox, found)
        open.add(opened)
        return opened
    }
}
