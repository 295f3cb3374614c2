import IMAPCodec
import MIME
import MailModel
import MailboxStore

/// Items of the row: RFC 9051 §7.5.2, RFC 7162 §3.1.4, RFC 8474 §5, RFC 8514 §4.2.
extension FetchPlan.RowItems {
    /// Those that are written in one piece, of one message.
    @inline(__always)
    func values(
        of stop: MessageWalk.Stop, _ keywords: inout KeywordTexts?, isRecent: Bool
    ) -> FetchRow {
        var values = FetchRow()
        if contains(.uid) { values.uid = stop.uid }
        if contains(.flags) {
            values.flags = keywords?.flags(of: stop.row, isRecent: isRecent)
        }
        if contains(.internalDate) { values.internalDate = stop.row.internalDate }
        if contains(.size) { values.sizeBytes = stop.row.sizeBytes }
        if contains(.modSeq) { values.modSeq = stop.row.modSeq }
        return values
    }

    /// The others.
    func writeRare(of row: MessageRowView, to out: inout ResponseWriter) {
        if contains(.emailID) { out.writeEmailID(row.emailID) }
        if contains(.threadID) { out.writeThreadID(nil) }
        if contains(.saveDate) {
            out.writeSaveDate(InternalDate(secondsSinceEpoch: row.savedSeconds))
        }
    }
}

/// Items that stand ready in the summary.
extension FetchPlan.SummaryItems {
    func write(_ summary: StoredSummary, to out: inout ResponseWriter) {
        if contains(.envelope) { out.writeEnvelope(rendered: summary.envelope) }
        if contains(.body) { out.writeBody(rendered: summary.body) }
        if contains(.bodyStructure) { out.writeBodyStructure(rendered: summary.bodyStructure) }
    }
}

/// "NIL FETCH responses": RFC 2180 §4.1.3.
extension FetchPlan {
    /// The answer for a message that is gone, where policy wants one that looks like any other.
    ///
    /// Exactly what the RFC lists; of what came later, what says nothing: MODSEQ 1, which is below any
    /// that a client was told, SAVEDATE and THREADID NIL. EMAILID has no such value and is left out.
    func writeNIL(
        _ uid: UInt32, sequenceNumber: UInt32, to out: inout ResponseWriter
    ) {
        var values = FetchRow()
        if row.contains(.uid) { values.uid = uid }
        if row.contains(.flags) { values.flags = FlagText(system: []) }
        if row.contains(.size) { values.sizeBytes = 0 }
        if row.contains(.modSeq) { values.modSeq = ModSeq(1) }
        // A response has at least one item: RFC 9051 §9.
        let isEmpty =
            values.isEmpty && summary.isEmpty && contents.isEmpty
            && row.isDisjoint(with: [.internalDate, .saveDate, .threadID])
        if isEmpty { values.uid = uid }
        out.beginFetch(sequenceNumber: sequenceNumber, values)
        if row.contains(.internalDate) { out.writeNoInternalDate() }
        if row.contains(.threadID) { out.writeThreadID(nil) }
        if row.contains(.saveDate) { out.writeSaveDate(nil) }
        let nothing = "(NIL NIL NIL NIL NIL NIL NIL NIL NIL NIL)"
        let text = "(\"TEXT\" \"PLAIN\" NIL NIL NIL \"7BIT\" 0 0)"
        if summary.contains(.envelope) { out.writeEnvelope(rendered: nothing.utf8) }
        if summary.contains(.body) { out.writeBody(rendered: text.utf8) }
        if summary.contains(.bodyStructure) { out.writeBodyStructure(rendered: text.utf8) }
        for item in contents {
            _ = out.begin(item, .bytes(SectionContent(ranges: [])))
        }
        out.endFetch()
    }
}
