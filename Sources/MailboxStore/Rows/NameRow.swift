import MailModel

/// Who holds a mailbox name: a live mailbox, or a ghost that reserves it (RFC 2180 §3.2).
package struct NameRow: StoredRow, Hashable, Sendable {
    package var mailbox: MailboxID
    package var isGhost: Bool
    /// The name itself: long names are cut in the key.
    package var name: MailboxName

    package init(mailbox: MailboxID, isGhost: Bool, name: MailboxName) {
        self.mailbox = mailbox
        self.isGhost = isGhost
        self.name = name
    }

    /// - Returns: nil when the bytes are no name row.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard let holder = NameRow.holder(bytes),
            let name = String(validating: bytes.dropFirst(NameRow.fixedBytes), as: UTF8.self)
        else { return nil }
        mailbox = holder.mailbox
        isGhost = holder.isGhost
        self.name = MailboxName(unchecked: name)
    }

    package static let fixedBytes = 9

    /// Who holds the name, without the name itself; nil when the bytes are no name row.
    package static func holder(
        _ bytes: UnsafeRawBufferPointer
    ) -> (mailbox: MailboxID, isGhost: Bool)? {
        var row = RowReader(bytes)
        guard let mailbox: UInt64 = row.next(), let ghost: UInt8 = row.next() else { return nil }
        return (MailboxID(mailbox), ghost != 0)
    }

    package var rowBytes: Int { NameRow.fixedBytes + name.string.utf8.count }

    package func fill(_ row: inout RowWriter) {
        row.put(mailbox.rawValue)
        row.put(UInt8(isGhost ? 1 : 0))
        row.put(text: name.string)
    }
}
