import IMAPCodec
import MailModel
import MailboxStore
import NIOCore

/// Messages of which only rows are wanted: flags, sizes, dates. Mail programs ask for those of whole
/// mailboxes, so they are written into one region, without a step that costs something for each.
extension FetchExecution {
    /// Writes messages from one snapshot, until the out-buffer is full.
    mutating func walkRows(
        in session: borrowing Session, out: inout ResponseWriter
    ) throws(StoreError) {
        guard var walk else { return }
        let room = session.context.limits.outHighWaterBytes - out.buffer.readableBytes
        let recent = selected.view.recentAmongShown
        var visits = visitsLeft
        let (items, changedSince) = (plan.row, plan.changedSince)
        try session.context.store.read { reader throws(StoreError) in
            var keywords: KeywordTexts?
            if items.contains(.flags) { keywords = try selected.keywordTexts(on: reader, to: &out) }
            let keywordBytes = keywords?.longestBytes ?? 0
            try out.writeFetches(
                rows: walk.mostLeft, bytes: max(room, 1), keywordBytes: keywordBytes
            ) { rows throws(StoreError) in
                try walk.run(on: reader) { stop throws(StoreError) in
                    visits -= 1
                    if let changedSince, stop.row.modSeq <= changedSince {
                        return visits > 0 ? .goOn : .pause
                    }
                    let isRecent = !recent.isEmpty && recent.contains(stop.uid)
                    items.write(stop, &keywords, isRecent: isRecent, to: &rows)
                    return rows.count < room && visits > 0 ? .goOn : .pause
                }
            }
        }
        visitsLeft = visits
        self.walk = walk
    }
}

extension FetchPlan.RowItems {
    /// One whole response. No value is made of the row on the way.
    @inline(__always)
    fileprivate func write(
        _ stop: MessageWalk.Stop, _ keywords: inout KeywordTexts?, isRecent: Bool,
        to rows: inout FetchRowsCursor
    ) {
        let row = stop.row
        rows.begin(sequenceNumber: stop.sequenceNumber)
        if contains(.uid) { rows.put(uid: stop.uid) }
        if contains(.flags) {
            if !row.keywordBytes.isEmpty, let text = keywords?.flags(of: row, isRecent: isRecent) {
                rows.put(flags: text)
            } else {
                rows.put(flags: row.flags, isRecent: isRecent)
            }
        }
        if contains(.internalDate) { rows.put(internalDate: row.internalDate) }
        if contains(.size) { rows.put(sizeBytes: row.sizeBytes) }
        if contains(.modSeq) { rows.put(modSeq: row.modSeq) }
        rows.end()
    }
}
