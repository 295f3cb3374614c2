import MailModel

/// What views and rosters need of one read snapshot: the mailbox now, and what led there.
///
/// `StoreReader` is one; tests use a history in memory.
package protocol MailboxHistory: ~Copyable {
    /// The position that the snapshot has reached.
    var head: LogPosition { get }

    /// What events after `position`, up to the head, did to the mailbox, in order, until `visit`
    /// says false.
    func deltas(
        _ mailbox: MailboxID, after position: LogPosition,
        _ visit: (LogPosition, MailboxDelta) -> Bool
    ) throws(StoreError)

    /// The UIDs of all messages that are not expunged, ascending.
    func liveUIDs(_ mailbox: MailboxID, _ visit: (UInt32) -> Void) throws(StoreError)

    /// The least of them.
    func firstLiveUID(_ mailbox: MailboxID) throws(StoreError) -> UInt32?

    /// - Returns: nil when there is no such mailbox. Ghosts have a row too.
    func mailboxRow(_ mailbox: MailboxID) throws(StoreError) -> MailboxRow?
}
