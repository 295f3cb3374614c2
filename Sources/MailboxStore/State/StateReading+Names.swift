import LMDB
import MailModel

/// Accounts, names and subscriptions. `mailbox(named:in:)` is the only way from a name to a mailbox.
extension StateReading where Self: ~Copyable {
    /// The live account of this name.
    package borrowing func account(named name: String) throws(StoreError) -> AccountID? {
        guard let bytes = try row(NameKey.account(name)) else { return nil }
        var reader = RowReader(bytes)
        return AccountID(try decoded(reader.next(UInt64.self), "the account name \(name)"))
    }

    /// A live account or a removed one.
    package borrowing func accountRow(_ account: AccountID) throws(StoreError) -> AccountRow? {
        guard let bytes = try row(StateKey.account(account)) else { return nil }
        return try decoded(AccountRow(bytes), "account \(account)")
    }

    package borrowing func isLive(_ account: AccountID) throws(StoreError) -> Bool {
        guard let row = try accountRow(account) else { return false }
        return row.removedAt == nil
    }

    /// The greatest UIDVALIDITY given in removed accounts of this name; 0 when there are none.
    package borrowing func lastUIDValidity(ofRemoved name: String) throws(StoreError) -> UInt32 {
        var last: UInt32 = 0
        var scan = try rows(prefix: RowPrefix.all(.account))
        while let entry = try scan.nextRow() {
            let account = try decoded(AccountRow(entry.value), "an account")
            guard account.removedAt != nil, account.name == name else { continue }
            last = max(last, account.lastUIDValidity)
        }
        return last
    }

    /// The live accounts, by name.
    package borrowing func accounts() throws(StoreError) -> [(id: AccountID, name: String)] {
        var result: [(id: AccountID, name: String)] = []
        var scan = try rows(prefix: RowPrefix.all(.account))
        while let entry = try scan.nextRow() {
            var key = RowReader(entry.key)
            _ = key.next(UInt8.self)
            let id = AccountID(try decoded(key.next(UInt64.self), "an account's key"))
            let account = try decoded(AccountRow(entry.value), "account \(id)")
            if account.removedAt == nil { result.append((id, account.name)) }
        }
        return result.sorted { $0.name < $1.name }
    }

    /// Who holds a name: a live mailbox, or a ghost that reserves it.
    package borrowing func name(
        _ name: MailboxName, in account: AccountID
    ) throws(StoreError) -> NameRow? {
        guard let bytes = try row(NameKey.mailbox(account, name)) else { return nil }
        return try decoded(NameRow(bytes), "the mailbox name \(name)")
    }

    /// The live mailbox of this name. The one resolver: authorisation by name stands here.
    package borrowing func mailbox(
        named name: MailboxName, in account: AccountID
    ) throws(StoreError) -> MailboxID? {
        guard let bytes = try row(NameKey.mailbox(account, name)) else { return nil }
        let holder = try decoded(NameRow.holder(bytes), "the mailbox name \(name)")
        return holder.isGhost ? nil : holder.mailbox
    }

    /// The live mailboxes of an account, in the order of their names' bytes.
    package borrowing func mailboxes(
        of account: AccountID
    ) throws(StoreError) -> [(MailboxID, MailboxRow)] {
        var found: [MailboxID] = []
        var scan = try rows(prefix: RowPrefix.names(account))
        while let entry = try scan.nextRow() {
            let holder = try decoded(NameRow.holder(entry.value), "a mailbox name of \(account)")
            if !holder.isGhost { found.append(holder.mailbox) }
        }
        var result: [(MailboxID, MailboxRow)] = []
        for id in found {
            guard let row = try mailboxRow(id) else {
                throw .corrupt("mailbox \(id) has a name but no row")
            }
            result.append((id, row))
        }
        return result.sorted { $0.1.name < $1.1.name }
    }

    package borrowing func isSubscribed(
        _ name: MailboxName, in account: AccountID
    ) throws(StoreError) -> Bool {
        try row(NameKey.subscription(account, name)) != nil
    }

    /// The subscribed names, whether or not such mailboxes exist, in the order of their bytes.
    package borrowing func subscriptions(of account: AccountID) throws(StoreError) -> [MailboxName]
    {
        var result: [MailboxName] = []
        var scan = try rows(prefix: RowPrefix.subscriptions(account))
        while let entry = try scan.nextRow() {
            var reader = RowReader(entry.value)
            let name = try decoded(reader.restAsString(), "a subscription of \(account)")
            result.append(MailboxName(unchecked: name))
        }
        return result.sorted()
    }
}
