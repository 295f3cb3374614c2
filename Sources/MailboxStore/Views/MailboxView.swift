import MailModel

/// One session's mailbox as of its cursor: which messages it has been told of, in sequence order.
///
/// The cursor is two positions. `seen`: appends and flag changes up to here have been told.
/// `expunged ≤ seen`: expunges up to here have been told. A message that was appended and expunged
/// again between two advances is never shown. Owned by one session and used from its event loop
/// only; a view is a number and a shared map, never an open transaction.
package final class MailboxView {
    package let mailbox: MailboxID
    package let owner: SessionIdentity
    /// EXAMINE, not SELECT.
    package let readOnly: Bool
    /// The position at which it was opened.
    package let openedAt: LogPosition

    /// What the client believes; its `count` is what EXISTS and the expunges have told.
    package internal(set) var map: SequenceMap
    package internal(set) var seen: LogPosition
    package internal(set) var expunged: LogPosition
    /// In the map, expunged after `expunged`: to be told as soon as it is legal.
    package internal(set) var pendingExpunges = UIDSet()
    /// The mailbox was deleted; the view shows its ghost.
    package internal(set) var mailboxGone: Bool

    /// The last event up to `seen` that touched the mailbox.
    var latestEvent: ModSeq
    /// The last one before the first pending expunge.
    var latestBeforePending: ModSeq
    /// Ranges that hold this session's `\Recent` messages, and UIDs that are not in the map.
    var recentRanges = UIDSet()
    var toldRecent = 0
    var unloggedClaim: UID?
    var ignored: Set<LogPosition> = []
    let registration: ViewRegistration
    let room: Room

    /// Opens a view at the head of `history`.
    ///
    /// - Parameter registration: made by `MailboxHub.register` *before* the snapshot of `history`
    ///   was taken, so that no ghost which the snapshot needs is reclaimed.
    /// - Returns: nil when there is no such mailbox, or it is a ghost. The registration is closed
    ///   then, and when reading fails.
    package init?(
        _ registration: ViewRegistration, on history: borrowing some MailboxHistory & ~Copyable
    ) throws(StoreError) {
        self.registration = registration
        room = registration.room
        mailbox = registration.mailbox
        owner = registration.owner
        readOnly = registration.readOnly
        openedAt = history.head
        seen = history.head
        expunged = history.head
        mailboxGone = false
        let row: MailboxRow
        do throws(StoreError) {
            guard let found = try history.mailboxRow(mailbox), found.deletedAt == nil else {
                registration.close()
                return nil
            }
            row = found
            if let shared = try room.roster.map(atHeadOf: history) {
                map = shared
            } else {
                map = try SequenceMap(living: mailbox, in: history)
            }
        } catch {
            registration.close()
            throw error
        }
        latestEvent = row.highestModSeq
        latestBeforePending = latestEvent
        room.recent.note(recentFrom: row.recentFrom)
        takeRecent(upTo: map.largestUID)
        toldRecent = recentCount
        registration.opened(at: seen, row)
    }

    deinit { registration.close() }

    /// Gives up the view: ghosts that only it needed are put to the writer before this returns.
    package func close() { registration.close() }
}

/// Lookups. Sequence numbers are 1-based.
extension MailboxView {
    package var count: Int { map.count }
    package var largestUID: UInt32? { map.largestUID }

    /// The HIGHESTMODSEQ that may be told: it never passes an expunge that was not, so a client that
    /// comes back with it misses nothing. RFC 7162 §3.2.
    package var tellableModSeq: ModSeq {
        pendingExpunges.isEmpty ? latestEvent : latestBeforePending
    }

    package func uid(at sequenceNumber: Int) -> UInt32? { map.uid(at: sequenceNumber) }
    package func sequenceNumber(of uid: UInt32) -> Int? { map.sequenceNumber(of: uid) }
    package func contains(_ uid: UInt32) -> Bool { map.contains(uid) }

    /// The UIDs of these sequence numbers; numbers above `count` are left out.
    package func uids(inSequence numbers: NumberSet) -> UIDSet { map.uids(inSequence: numbers) }
    /// Those of these UIDs that are in the view.
    package func uids(in set: UIDSet) -> UIDSet { map.uids(in: set) }
    /// The sequence numbers of those of these UIDs that are in the view.
    package func sequenceNumbers(of set: UIDSet) -> NumberSet { map.sequenceNumbers(of: set) }
}

/// `\Recent`: RFC 3501 §2.3.2.
extension MailboxView {
    package func isRecent(_ uid: UInt32) -> Bool { recentRanges.contains(uid) && contains(uid) }

    /// The flags of the mailbox's messages, as the views of it share them.
    package var flagColumn: FlagColumn { room.roster.flags }

    /// Among the messages that are in the view, those that this session may show as `\Recent`: a set
    /// to ask of each, made at no cost.
    package var recentAmongShown: UIDSet { recentRanges }

    package var recentCount: Int { recentRanges.isEmpty ? 0 : map.count(in: recentRanges) }

    /// The messages that this session may show as `\Recent`.
    package var recent: UIDSet { map.uids(in: recentRanges) }

    /// The UID through which a `ClaimRecent` change is to be submitted now, without waiting for it;
    /// nil when there is nothing to claim. Taken once.
    package func takeRecentClaim() -> UID? {
        defer { unloggedClaim = nil }
        return unloggedClaim
    }

    /// Takes what nobody has been granted of the messages up to `last`.
    func takeRecent(from first: UInt32 = 1, upTo last: UInt32?) {
        guard let last, first <= last else { return }
        guard !readOnly else {
            if let shown = room.recent.unclaimed(first...last) { noteRecent(shown) }
            return
        }
        guard let granted = room.recent.claim(first...last) else { return }
        noteRecent(granted)
        unloggedClaim = UID(granted.upperBound)
    }

    private func noteRecent(_ range: ClosedRange<UInt32>) {
        recentRanges.insertLast(range)
    }
}

extension MailboxView {
    /// - Precondition: what the docstrings of this type say.
    package func checkInvariants() {
        map.checkInvariants()
        precondition(expunged <= seen, "expunges are never told before appends")
        precondition(tellableModSeq <= seen, "nothing is told that was not seen")
        precondition(
            pendingExpunges.isEmpty || tellableModSeq <= expunged,
            "HIGHESTMODSEQ never passes an expunge that was not told")
        precondition(
            map.count(in: pendingExpunges) == pendingExpunges.count,
            "a pending expunge is of a message that is shown")
        precondition(
            !pendingExpunges.isEmpty || expunged == seen,
            "a cursor waits only for a pending expunge")
        precondition(toldRecent == recentCount, "RECENT was told with every change of it")
        precondition(
            registration.cursorIs(seen: seen, expunged: expunged), "the hub knows the cursor")
    }
}
