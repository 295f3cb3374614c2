import IMAPCodec
import MailModel
import MailboxStore
import NIOCore

/// What a FETCH response of an update shows beside FLAGS.
struct FlagUpdateFormat {
    /// In answers to UID commands: RFC 9051 §6.4.9.
    let showsUID: Bool
    /// To clients that know CONDSTORE: RFC 7162 §3.2.
    let showsModSeq: Bool
}

/// `* n FETCH (UID u FLAGS (…) MODSEQ (m))`: RFC 9051 §7.5.2.
extension SelectedMailbox {
    /// Tells the flags of messages, in one pass over their rows; whoever is not in the view is
    /// passed over.
    ///
    /// - Returns: the messages that are left when the buffer holds `limitBytes`.
    func writeFlags(
        of uids: UIDSet, _ format: FlagUpdateFormat, upTo limitBytes: Int,
        on reader: borrowing StoreReader, to out: inout ResponseWriter
    ) throws(StoreError) -> UIDSet {
        guard !uids.isEmpty else { return uids }
        var keywords = try keywordTexts(on: reader, to: &out)
        let recent = view.recentAmongShown
        return try walk(uids, upTo: limitBytes, on: reader, to: &out) { stop, out in
            out.writeFetchFlags(
                sequenceNumber: stop.sequenceNumber, uid: format.showsUID ? stop.uid : nil,
                flags: keywords.flags(of: stop.row, isRecent: recent.contains(stop.uid)),
                modSeq: format.showsModSeq ? stop.row.modSeq : nil)
        }
    }

    /// Tells only MODSEQ: the answer to a silent STORE, RFC 7162 §3.1.3. Else as `writeFlags`.
    func writeModSeqs(
        of uids: UIDSet, showsUID: Bool, upTo limitBytes: Int, on reader: borrowing StoreReader,
        to out: inout ResponseWriter
    ) throws(StoreError) -> UIDSet {
        try walk(uids, upTo: limitBytes, on: reader, to: &out) { stop, out in
            out.beginFetch(sequenceNumber: stop.sequenceNumber)
            if showsUID { out.writeUID(stop.uid) }
            out.writeModSeq(stop.row.modSeq)
            out.endFetch()
        }
    }

    /// - Returns: those not visited when the buffer holds `limitBytes`.
    private func walk(
        _ uids: UIDSet, upTo limitBytes: Int, on reader: borrowing StoreReader,
        to out: inout ResponseWriter,
        _ write: (MessageWalk.Stop, inout ResponseWriter) -> Void
    ) throws(StoreError) -> UIDSet {
        guard !uids.isEmpty else { return uids }
        var walk = MessageWalk(view.uids(in: uids), of: view.mailbox, map: view.map)
        guard out.buffer.readableBytes < limitBytes else { return walk.rest }
        try walk.run(on: reader) { stop throws(StoreError) in
            write(stop, &out)
            return out.buffer.readableBytes < limitBytes ? .goOn : .pause
        }
        return walk.rest
    }

    /// The mailbox's keywords for writing flags. Keywords that are new since SELECT are told first,
    /// as FLAGS and PERMANENTFLAGS, so that no client meets one it has not heard of.
    package func keywordTexts(
        on reader: borrowing StoreReader, to out: inout ResponseWriter
    ) throws(StoreError) -> KeywordTexts {
        let table = try reader.keywordTable(view.mailbox)
        if table.keywords.count > toldKeywords {
            toldKeywords = table.keywords.count
            out.writeFlagLists(table.keywords, isReadOnly: isReadOnly)
        }
        return KeywordTexts(table)
    }
}
