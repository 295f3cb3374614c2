import MailModel

/// What the log's events did to one mailbox: a chain from the mailbox's row back to its making.
extension StateReading where Self: ~Copyable {
    /// What events after a position did to a mailbox, in their order, until `visit` says false.
    package borrowing func deltas(
        _ mailbox: MailboxID, after position: LogPosition,
        _ visit: (LogPosition, MailboxDelta) -> Bool
    ) throws(StoreError) {
        var newestFirst: [(position: LogPosition, row: UnsafeRawBufferPointer)] = []
        try chain(of: mailbox, after: position) { position, row in
            newestFirst.append((position, row))
            return true
        }
        for (position, bytes) in newestFirst.reversed() {
            let row = try decoded(DeltaRow(bytes), "delta \(position) of \(mailbox)")
            guard visit(position, row.delta) else { return }
        }
    }

    /// Where events after a position did something to a mailbox, the newest first.
    borrowing func deltaPositions(
        _ mailbox: MailboxID, after position: LogPosition = .start
    ) throws(StoreError) -> [LogPosition] {
        var positions: [LogPosition] = []
        try chain(of: mailbox, after: position) { position, _ in
            positions.append(position)
            return true
        }
        return positions
    }

    /// What events did to a mailbox, the newest first, until `visit` says false.
    borrowing func deltasBackwards(
        _ mailbox: MailboxID, _ visit: (MailboxDelta) throws(StoreError) -> Bool
    ) throws(StoreError) {
        try chain(of: mailbox, after: .start) { position, bytes throws(StoreError) in
            try visit(decoded(DeltaRow(bytes), "delta \(position) of \(mailbox)").delta)
        }
    }

    private borrowing func chain(
        of mailbox: MailboxID, after position: LogPosition,
        _ visit: (LogPosition, UnsafeRawBufferPointer) throws(StoreError) -> Bool
    ) throws(StoreError) {
        guard let newest = try mailboxRow(mailbox)?.highestModSeq else { return }
        var place = newest
        while place > position, place.rawValue > mailbox.rawValue {
            let bytes = try row(DeltaKey(position: place, mailbox: mailbox))
            guard let bytes, let previous = DeltaRow.previous(in: bytes), previous < place else {
                throw .corrupt("delta \(place) of \(mailbox) is missing or cannot be read")
            }
            guard try visit(place, bytes) else { return }
            place = previous
        }
    }
}
