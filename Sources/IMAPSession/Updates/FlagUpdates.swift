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
        for uid in uids {
            guard out.buffer.readableBytes < limitBytes else { return uids.from(uid) }
            guard let number = view.sequenceNumber(of: uid),
                let bytes = try reader.messageBytes(view.mailbox, uid),
                let row = MessageRowView(bytes)
            else { continue }
            out.writeFetchFlags(
                sequenceNumber: UInt32(clamping: number), uid: format.showsUID ? uid : nil,
                flags: keywords.flags(of: row, isRecent: view.isRecent(uid)),
                modSeq: format.showsModSeq ? row.modSeq : nil)
        }
        return UIDSet()
    }

    /// Tells only MODSEQ: the answer to a silent STORE, RFC 7162 §3.1.3. Else as `writeFlags`.
    func writeModSeqs(
        of uids: UIDSet, showsUID: Bool, upTo limitBytes: Int, on reader: borrowing StoreReader,
        to out: inout ResponseWriter
    ) throws(StoreError) -> UIDSet {
        for uid in uids {
            guard out.buffer.readableBytes < limitBytes else { return uids.from(uid) }
            guard let number = view.sequenceNumber(of: uid),
                let bytes = try reader.messageBytes(view.mailbox, uid),
                let row = MessageRowView(bytes)
            else { continue }
            out.beginFetch(sequenceNumber: UInt32(clamping: number))
            if showsUID { out.writeUID(uid) }
            out.writeModSeq(row.modSeq)
            out.endFetch()
        }
        return UIDSet()
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

extension NumberSet {
    /// The numbers that are not below `first`.
    fileprivate func from(_ first: UInt32) -> NumberSet {
        intersection(NumberSet(first...UInt32.max))
    }
}
