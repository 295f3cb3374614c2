import MailEvents
import MailModel

extension StoreState {
    borrowing func apply(
        _ event: MessagesCopied, _ recorded: RecordedEvent
    ) throws(StoreError) {
        let entered = try transfer(
            event.sourceUIDs, from: event.source, to: event.destination,
            firstUID: event.firstUID, recorded)
        var delta = MailboxDelta()
        delta.appended = entered
        try record(delta, of: event.destination, at: recorded.position)
    }

    /// Gives messages, ghosts included, new rows in another mailbox; the content is shared.
    ///
    /// - Returns: their UIDs there.
    borrowing func transfer(
        _ uids: UIDSet, from source: MailboxID, to destination: MailboxID, firstUID: UID,
        _ recorded: RecordedEvent
    ) throws(StoreError) -> UIDSet {
        let names = try keywordTable(source)
        var entered = UIDSet()
        // Messages share few combinations of keywords.
        var known: [KeywordBits: KeywordBits] = [:]
        var next = firstUID.rawValue
        for uid in uids {
            defer { next &+= 1 }
            guard let bytes = try messageBytes(source, uid) else { continue }
            var row = try decoded(MessageRow(bytes), "\(source) UID \(uid)")
            row.modSeq = recorded.position
            row.savedSeconds = recorded.timeSeconds
            if source != destination, !row.keywords.bytes.isEmpty {
                let theirs = row.keywords
                if let bits = known[theirs] {
                    row.keywords = bits
                } else {
                    row.keywords = try bits(of: names.keywords(of: theirs), in: destination)
                    if known.count < 1024 { known[theirs] = row.keywords }
                }
            }
            try share(row.emailID)
            try enter(row, destination, next)
            entered.insertLast(next...next)
        }
        return entered
    }

    /// Counts one more row that shares a summary. One that nobody shares has no such count.
    private borrowing func share(_ email: EmailID) throws(StoreError) {
        try put(EmailKey.shared(email), NumberRow(try sharers(of: email) &+ 1))
    }

    /// Counts one row less; with the last one the summary goes.
    borrowing func unshare(_ email: EmailID) throws(StoreError) {
        let others = try sharers(of: email)
        if others > 1 {
            try put(EmailKey.shared(email), NumberRow(others - 1))
        } else if others == 1 {
            try delete(EmailKey.shared(email))
        } else {
            try delete(EmailKey.summary(email))
        }
    }

    private borrowing func sharers(of email: EmailID) throws(StoreError) -> UInt32 {
        guard let bytes = try row(EmailKey.shared(email)) else { return 0 }
        var reader = RowReader(bytes)
        return try decoded(reader.next(UInt32.self), "the count of copies of \(email)")
    }
}
