import MailEvents
import MailModel

extension StoreState {
    /// Touches no message: neither a delta nor a mod-sequence comes of it.
    borrowing func apply(
        _ event: RecentClaimed, _ recorded: RecordedEvent
    ) throws(StoreError) {
        try update(event.mailbox) {
            $0.recentFrom = max($0.recentFrom, UInt64(event.through.rawValue) + 1)
        }
    }
}
