import LMDB
import MailModel

/// Walks over rows of live messages by ascending UID.
///
/// Valid only within the transaction that gave it, as are the rows. FETCH, SEARCH and SELECT of large
/// mailboxes spend most of their time here.
package struct MessageScan: ~Copyable {
    private let mailbox: MailboxID
    private var scan: Scan?
    /// A single message is looked up, which costs less than placing a cursor.
    private var alone: (uid: UInt32, row: UnsafeRawBufferPointer)?

    init(of mailbox: MailboxID, over scan: consuming Scan) {
        self.mailbox = mailbox
        self.scan = consume scan
    }

    init(of mailbox: MailboxID, alone: (uid: UInt32, row: UnsafeRawBufferPointer)?) {
        self.mailbox = mailbox
        self.alone = alone
        scan = nil
    }

    /// The next message; nil at the end.
    package mutating func next() throws(StoreError) -> (uid: UInt32, row: MessageRowView)? {
        guard let entry = try scan?.nextRow() else { return try takeAlone() }
        guard let uid = MessageKey.uid(in: entry.key), let row = MessageRowView(entry.value) else {
            throw damaged(entry.key)
        }
        return (uid, row)
    }

    private mutating func takeAlone() throws(StoreError) -> (uid: UInt32, row: MessageRowView)? {
        guard let alone else { return nil }
        self.alone = nil
        return (alone.uid, try decoded(MessageRowView(alone.row), "\(mailbox) UID \(alone.uid)"))
    }

    private func damaged(_ key: UnsafeRawBufferPointer) -> StoreError {
        guard let uid = MessageKey.uid(in: key) else {
            return .corrupt("a message key of \(mailbox) cannot be read")
        }
        return .corrupt("the row of \(mailbox) UID \(uid) cannot be read")
    }
}
