import MailModel
import MailboxStore
import MultiAccess

/// Messages a command names that others have expunged: the facts which the policies judge, and the
/// policies that hold for the mailbox.
struct ExpungedSplit {
    let live: UIDSet
    /// Named, in the view, and expunged.
    let expunged: UIDSet
    /// Those of `expunged` that can still be read.
    let retained: UIDSet
    let policy: MultiAccessPolicy
}

extension Session {
    /// Tells the living from the expunged among messages of the view.
    ///
    /// - Parameter judged: an expunge up to which the command has judged already.
    /// - Returns: nil when all live, which costs one row's lookup as long as nothing in the mailbox
    ///   was expunged that the view has not told.
    func splitExpunged(
        _ uids: UIDSet, of selected: SelectedMailbox, after judged: LogPosition = .start
    ) throws(StoreError) -> ExpungedSplit? {
        let view = selected.view
        return try context.store.read { reader throws(StoreError) in
            guard let row = try reader.mailboxRow(view.mailbox),
                row.lastExpunge > max(view.expunged, judged)
            else { return nil }
            let live = try reader.liveUIDs(of: view.mailbox, among: uids)
            let expunged = uids.subtracting(live)
            guard !expunged.isEmpty else { return nil }
            let readable = try reader.readableUIDs(of: view.mailbox, among: expunged)
            return ExpungedSplit(
                live: live, expunged: expunged, retained: readable,
                policy: try reader.policy(of: view.mailbox))
        }
    }
}
