import MailModel

extension MailboxView {
    /// What may be told at this point: RFC 3501 §5.5, §7.4.1.
    package enum Extent: Sendable {
        /// Where EXPUNGE is illegal.
        case appendsAndFlags
        /// Where it is legal.
        case everything
    }

    /// Moves the cursor to the head of `history`, and says what the client must be told.
    ///
    /// Costs what changed times log n, and one copy of the map when messages were expunged, once for
    /// all views that stand at the head. An older snapshot than one seen already changes nothing.
    /// When it throws, nothing has moved.
    package func advance(
        _ extent: Extent, on history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) -> ViewUpdates {
        let head = history.head
        let tells = extent == .everything && !pendingExpunges.isEmpty
        guard head > seen || (head == seen && tells) else { return ViewUpdates() }
        let news = try FoldedDeltas(
            mailbox, after: seen, shown: map, ignoring: ignored, in: history)
        guard news.last != nil || tells else {
            move(to: head)
            return ViewUpdates()
        }
        let newlyLost = map.uids(in: news.gone)
        let lost = pendingExpunges.isEmpty ? newlyLost : pendingExpunges.union(newlyLost)
        let told = extent == .everything ? lost : UIDSet()
        let waiting = extent == .everything ? UIDSet() : lost
        let next = try nextMap(without: told, waiting: waiting, news, in: history)
        return show(next, without: told, waiting: waiting, news, at: head)
    }

    /// Whether an advance at `head` would certainly tell nothing.
    ///
    /// False says only that something happened in the store since.
    package func isCurrent(_ head: LogPosition) -> Bool { head <= seen && pendingExpunges.isEmpty }

    /// Holds back the flag updates of this session's own silent STORE.
    ///
    /// Call before the advance that passes `position`. A message that another event touched too is
    /// told nevertheless.
    package func ignoreFlags(at position: LogPosition) {
        if position > seen { ignored.insert(position) }
    }

    /// The map after this step. Shared when the view shows just what lives at the head.
    private func nextMap(
        without told: UIDSet, waiting: UIDSet, _ news: FoldedDeltas,
        in history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) -> SequenceMap {
        guard !told.isEmpty || !news.arrivals.isEmpty else { return map }
        if waiting.isEmpty, let shared = try room.roster.map(atHeadOf: history) {
            guard shared.count == map.count - told.count + news.arrivals.count else {
                throw .corrupt("mailbox \(mailbox): message rows and index of events disagree")
            }
            return shared
        }
        return map.removing(told, appending: news.arrivals)
    }

    private func show(
        _ next: SequenceMap, without told: UIDSet, waiting: UIDSet, _ news: FoldedDeltas,
        at head: LogPosition
    ) -> ViewUpdates {
        var updates = ViewUpdates()
        updates.expungedUIDs = told
        updates.expungedSequenceNumbers = ExpungedSequenceNumbers(map.sequenceNumbers(of: told))
        updates.flagged = map.uids(in: news.flagged)
        if !told.isEmpty { updates.flagged = updates.flagged.subtracting(told) }
        updates.mailboxGone = news.mailboxDeleted
        if next.count != map.count || !told.isEmpty { updates.exists = UInt32(next.count) }
        if pendingExpunges.isEmpty { latestBeforePending = news.lastBeforeLoss ?? latestEvent }
        latestEvent = news.last ?? latestEvent
        map = next
        pendingExpunges = waiting
        if news.mailboxDeleted { mailboxGone = true }
        takeRecent(from: news.arrivals.first ?? .max, upTo: news.arrivals.last)
        updates.recent = changedRecent()
        move(to: head, waitingFor: news.firstLoss)
        return updates
    }

    private func changedRecent() -> UInt32? {
        let count = recentCount
        defer { toldRecent = count }
        return count == toldRecent ? nil : UInt32(count)
    }

    private func move(to head: LogPosition, waitingFor firstLoss: LogPosition? = nil) {
        if pendingExpunges.isEmpty {
            expunged = head
        } else if let firstLoss, expunged == seen {
            expunged = LogPosition(firstLoss.rawValue - 1)
        }
        seen = head
        if !ignored.isEmpty { ignored = ignored.filter { $0 > head } }
        registration.moved(seen: seen, expunged: expunged)
    }
}
