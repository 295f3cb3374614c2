import MailModel

/// One account: its name, and the greatest UIDVALIDITY ever given in it, which keeps them unique.
package struct AccountRow: StoredRow, Hashable, Sendable {
    package var name: String
    package var lastUIDValidity: UInt32
    /// nil while the account lives.
    package var removedAt: LogPosition?

    package init(name: String) {
        self.name = name
        lastUIDValidity = 0
        removedAt = nil
    }

    /// - Returns: nil when the bytes are no account row.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var row = RowReader(bytes)
        guard let last: UInt32 = row.next(), let removed: UInt64 = row.next(),
            let name = row.restAsString()
        else { return nil }
        self.name = name
        lastUIDValidity = last
        removedAt = removed == 0 ? nil : LogPosition(removed)
    }

    package var rowBytes: Int { 12 + name.utf8.count }

    package func fill(_ row: inout RowWriter) {
        row.put(lastUIDValidity)
        row.put(removedAt?.rawValue ?? 0)
        row.put(text: name)
    }
}
