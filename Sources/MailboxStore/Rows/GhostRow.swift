import MailModel

/// An expunged message that some view may still show: the position that expunged it, then its
/// message row as it was.
package struct GhostRow: StoredRow {
    package let expungedAt: LogPosition
    package let message: [UInt8]

    package static let prefixBytes = 8

    package init(expungedAt: LogPosition, message: [UInt8]) {
        self.expungedAt = expungedAt
        self.message = message
    }

    package var rowBytes: Int { GhostRow.prefixBytes + message.count }

    package func fill(_ row: inout RowWriter) {
        row.put(expungedAt.rawValue)
        row.put(bytes: message)
    }
}
