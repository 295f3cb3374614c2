import MailModel
import Synchronization

/// A view's entry with the hub: who holds it and where its cursor stands, readable by any thread.
///
/// Made before the snapshot is taken that the view opens on. Until the view is open its cursor
/// counts as `.start`, which keeps every ghost: so nothing that the snapshot shows can go.
package final class ViewRegistration: Sendable {
    package let owner: SessionIdentity
    package let mailbox: MailboxID
    package let readOnly: Bool
    let number: UInt64
    package let room: Room
    private let hub: MailboxHub
    private let opened = Atomic<UInt64>(0)
    private let seen = Atomic<UInt64>(0)
    private let expunged = Atomic<UInt64>(0)
    private let isClosed = Atomic<Bool>(false)

    init(
        number: UInt64, owner: SessionIdentity, mailbox: MailboxID, readOnly: Bool, room: Room,
        hub: MailboxHub
    ) {
        self.number = number
        self.owner = owner
        self.mailbox = mailbox
        self.readOnly = readOnly
        self.room = room
        self.hub = hub
    }

    /// Only ever too low: the owner moves it forward, and others may see that late.
    var expungedCursor: LogPosition { LogPosition(expunged.load(ordering: .acquiring)) }

    /// Where the view was opened; `.start` until it is.
    var openedAt: LogPosition { LogPosition(opened.load(ordering: .acquiring)) }

    package var snapshot: ViewerSnapshot {
        ViewerSnapshot(
            owner: owner, mailbox: mailbox, readOnly: readOnly,
            seen: LogPosition(seen.load(ordering: .acquiring)), expunged: expungedCursor)
    }

    func cursorIs(seen: LogPosition, expunged: LogPosition) -> Bool {
        snapshot.seen == seen && snapshot.expunged == expunged
    }

    func opened(at head: LogPosition, _ row: MailboxRow) {
        opened.store(head.rawValue, ordering: .releasing)
        seen.store(head.rawValue, ordering: .releasing)
        expunged.store(head.rawValue, ordering: .releasing)
        hub.viewOpened(mailbox, GhostFacts(row, asOf: head))
    }

    func moved(seen: LogPosition, expunged: LogPosition) {
        self.seen.store(seen.rawValue, ordering: .releasing)
        let before = self.expunged.exchange(expunged.rawValue, ordering: .acquiringAndReleasing)
        if before != expunged.rawValue, !isClosed.load(ordering: .acquiring) {
            hub.horizonMayHaveMoved(mailbox)
        }
    }

    /// Gives the entry up; again is harmless. What may be reclaimed now is with the writer's queue
    /// before this returns.
    package func close() {
        guard !isClosed.exchange(true, ordering: .acquiringAndReleasing) else { return }
        hub.unregister(self)
    }
}
