import EventLog
import MailEvents
import MailModel

/// Sessions that hold back too much, or for too long.
extension StoreCore {
    /// Sends away whoever exceeds the limits; what they held may then be reclaimed.
    ///
    /// - Parameter now: UTC, nanoseconds.
    func evictLaggards(_ limits: GhostLimits, now: Int64) throws(StoreError) {
        for (mailbox, views) in hub.viewsOfMailboxesWithGhosts() {
            let reader = try beginRead()
            let cursors = views.map(\.expungedCursor)
            let holdings = try reader.ghostHoldings(of: mailbox, at: cursors)
            var laggards: Set<UInt64> = []
            for (view, holding) in zip(views, holdings) {
                var age: Int64 = 0
                if let since = holding.since { age = try seconds(since: since, now) }
                if limits.isExceeded(by: holding, ageSeconds: age) { laggards.insert(view.number) }
            }
            guard !laggards.isEmpty else { continue }
            hub.evict(Eviction(laggingIn: mailbox, asOf: reader.head)) {
                laggards.contains($0.number)
            }
        }
    }

    /// How long ago an event was.
    private func seconds(
        since position: LogPosition, _ now: Int64
    ) throws(StoreError) -> Int64 {
        let events = try logging { () throws(EventLogError) in
            try log.entries(after: LogPosition(position.rawValue - 1), limit: 1)
        }
        guard let event = events.first else { return 0 }
        return (now - event.timeNanoseconds) / 1_000_000_000
    }
}
