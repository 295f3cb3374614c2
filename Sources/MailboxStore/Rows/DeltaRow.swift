import MailModel

/// A delta as it is kept: with the place of the one before it, of the same mailbox.
package struct DeltaRow: StoredRow, Hashable, Sendable {
    /// Of the first delta, the position of the event that made the mailbox.
    package var previous: LogPosition
    package var delta: MailboxDelta

    package init(previous: LogPosition, _ delta: MailboxDelta) {
        self.previous = previous
        self.delta = delta
    }

    /// - Returns: nil when the bytes are no such row.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        var row = RowReader(bytes)
        guard let previous: UInt64 = row.next(), let delta = MailboxDelta(row.rest()) else {
            return nil
        }
        self.init(previous: LogPosition(previous), delta)
    }

    /// `previous` alone.
    static func previous(in bytes: UnsafeRawBufferPointer) -> LogPosition? {
        var row = RowReader(bytes)
        return row.next(UInt64.self).map { LogPosition($0) }
    }

    package var rowBytes: Int { 8 + delta.rowBytes }

    package func fill(_ row: inout RowWriter) {
        row.put(previous.rawValue)
        delta.fill(&row)
    }
}
