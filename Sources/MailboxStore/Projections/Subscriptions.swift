import MailEvents
import MailModel

extension StoreState {
    borrowing func apply(
        _ event: MailboxSubscribed, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard let account = recorded.account else { return }
        try put(NameKey.subscription(account, event.name), TextRow(event.name.string))
    }

    borrowing func apply(
        _ event: MailboxUnsubscribed, _ recorded: RecordedEvent
    ) throws(StoreError) {
        guard let account = recorded.account else { return }
        try delete(NameKey.subscription(account, event.name))
    }
}
