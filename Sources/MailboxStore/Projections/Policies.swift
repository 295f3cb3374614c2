import MailEvents
import MailModel

extension StoreState {
    borrowing func apply(
        _ event: PolicyChanged, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let key = PolicyKey(event.scope(recorded.account, recorded.mailbox))
        if event.layer.isEmpty {
            try delete(key)
        } else {
            try put(key, PolicyRow(event.layer))
        }
    }
}

extension PolicyChanged {
    /// What it holds for, by what it is recorded of.
    package func scope(_ account: AccountID?, _ mailbox: MailboxID?) -> PolicyScope {
        if let mailbox { return .mailbox(mailbox) }
        if let account { return .account(account) }
        return isFromConfiguration ? .configuration : .store
    }
}
