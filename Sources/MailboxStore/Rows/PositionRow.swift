import MailModel

/// How far the projections have got, and in which version's layout they are.
package struct PositionRow: StoredRow, Hashable, Sendable {
    package let position: LogPosition
    package let version: UInt32

    package init(_ position: LogPosition, version: UInt32) {
        self.position = position
        self.version = version
    }

    /// - Returns: nil when the bytes are no such row.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var row = RowReader(bytes)
        guard let position: UInt64 = row.next(), let version: UInt32 = row.next() else {
            return nil
        }
        self.init(LogPosition(position), version: version)
    }

    package var rowBytes: Int { 12 }

    package func fill(_ row: inout RowWriter) {
        row.put(position.rawValue)
        row.put(version)
    }
}
