import MailEvents
import MailModel
import MailboxStore

/// The messages that a mailbox has already, by content, each to be matched by one import.
///
/// Two equal messages of a source are two messages: the mailbox ends up with as many copies as the
/// source has, however often it is imported.
struct PresentMessages {
    private var copies: [BodyDigest: Int] = [:]

    /// Rows read in one transaction.
    private static let chunk = 4096

    /// Of a mailbox that is empty or is to be made.
    init() {}

    init(of mailbox: MailboxID, in store: MailboxStore) throws(StoreError) {
        var next: UInt32? = 1
        while let first = next {
            next = try store.read { reader throws(StoreError) in
                try note(mailbox, from: first, on: reader)
            }
        }
    }

    /// Takes one copy of this content away.
    ///
    /// - Returns: false when none is left.
    mutating func take(_ digest: BodyDigest) -> Bool {
        guard let count = copies[digest] else { return false }
        copies[digest] = count > 1 ? count - 1 : nil
        return true
    }

    /// - Returns: the UID to go on from; nil at the end.
    private mutating func note(
        _ mailbox: MailboxID, from first: UInt32, on reader: borrowing StoreReader
    ) throws(StoreError) -> UInt32? {
        var emails: [EmailID] = []
        var next: UInt32?
        try reader.scanMessages(mailbox, in: first...UInt32.max) { uid, row in
            guard emails.count < PresentMessages.chunk else {
                next = uid
                return false
            }
            emails.append(row.emailID)
            return true
        }
        for email in emails {
            guard let summary = try reader.summary(email) else { continue }
            copies[summary.digest, default: 0] += 1
        }
        return next
    }
}
