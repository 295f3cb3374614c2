import MailEvents
import MailModel

extension StoreState {
    borrowing func apply(
        _ event: AccountCreated, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let id = AccountID(recorded.position.rawValue)
        try put(NameKey.account(event.name), NumberRow(id.rawValue))
        try put(StateKey.account(id), AccountRow(name: event.name))
    }

    /// The account's name is free again; its row stays, marked.
    borrowing func apply(
        _ event: AccountRemoved, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard var row = try accountRow(event.account) else { return }
        row.removedAt = recorded.position
        try put(StateKey.account(event.account), row)
        try delete(NameKey.account(row.name))
        try deleteAll(prefix: RowPrefix.subscriptions(event.account))
        try delete(PolicyKey(.account(event.account)))
    }
}
