import MailModel
import NIOCore

/// FETCH: `* n FETCH (item value …)`, RFC 9051 §7.5.2. Items write their own separators.
extension ResponseWriter {
    /// `* n FETCH (UID u FLAGS (…) MODSEQ (m))` in one piece, the commonest of all responses.
    public mutating func writeFetchFlags(
        sequenceNumber: UInt32, uid: UInt32? = nil, flags: FlagText, modSeq: ModSeq? = nil
    ) {
        write(atMost: 128 + ByteCursor.flagBytes + flags.keywords.count) { cursor in
            cursor.put("* ")
            cursor.put(sequenceNumber)
            cursor.put(" FETCH (")
            if let uid {
                cursor.put("UID ")
                cursor.put(uid)
                cursor.put(UInt8(ascii: " "))
            }
            cursor.put("FLAGS ")
            cursor.put(flags: flags)
            if let modSeq {
                cursor.put(" MODSEQ (")
                cursor.put(modSeq.rawValue)
                cursor.put(UInt8(ascii: ")"))
            }
            cursor.put(")\r\n")
        }
    }

    public mutating func beginFetch(sequenceNumber: UInt32) {
        fetchHasItems = false
        write(atMost: 32) { cursor in
            cursor.put("* ")
            cursor.put(sequenceNumber)
            cursor.put(" FETCH (")
        }
    }

    public mutating func endFetch() { write(")\r\n") }

    public mutating func writeUID(_ uid: UInt32) { writeItem("UID ", UInt64(uid)) }

    public mutating func writeFlags(_ flags: FlagText) {
        beginItem("FLAGS ")
        write(flags)
    }

    public mutating func writeInternalDate(_ date: InternalDate) {
        beginItem("INTERNALDATE ")
        writeDate(date)
    }

    public mutating func writeRFC822Size(_ sizeBytes: UInt64) {
        writeItem("RFC822.SIZE ", sizeBytes)
    }

    public mutating func writeModSeq(_ modSeq: ModSeq) {
        writeItem("MODSEQ (", modSeq.rawValue)
        write(UInt8(ascii: ")"))
    }

    /// RFC 8474 §5.1.
    public mutating func writeEmailID(_ id: EmailID) {
        beginItem("EMAILID (")
        buffer.writeString(id.description)
        write(UInt8(ascii: ")"))
    }

    /// - Parameter id: nil for NIL, a server that has no threads. RFC 8474 §5.2.
    public mutating func writeThreadID(_ id: String?) {
        beginItem("THREADID ")
        guard let id else { return write("NIL") }
        write(UInt8(ascii: "("))
        buffer.writeString(id)
        write(UInt8(ascii: ")"))
    }

    /// The date of a message that is gone: "00-Jan-0000 00:00:00 +0000".        RFC 2180 §4.1.3
    public mutating func writeNoInternalDate() {
        beginItem("INTERNALDATE ")
        write("\"00-Jan-0000 00:00:00 +0000\"")
    }

    /// - Parameter date: nil for NIL. RFC 8514 §4.2.
    public mutating func writeSaveDate(_ date: InternalDate?) {
        beginItem("SAVEDATE ")
        if let date { writeDate(date) } else { write("NIL") }
    }

    /// - Parameter rendered: the parenthesised list, ready for the wire.
    public mutating func writeEnvelope(rendered: some Sequence<UInt8>) {
        beginItem("ENVELOPE ")
        buffer.writeBytes(rendered)
    }

    /// - Parameter rendered: the parenthesised list without extension data, ready for the wire.
    public mutating func writeBody(rendered: some Sequence<UInt8>) {
        beginItem("BODY ")
        buffer.writeBytes(rendered)
    }

    /// - Parameter rendered: the parenthesised list, ready for the wire.
    public mutating func writeBodyStructure(rendered: some Sequence<UInt8>) {
        beginItem("BODYSTRUCTURE ")
        buffer.writeBytes(rendered)
    }

    /// BINARY.SIZE[part] size: RFC 3516 §4.3.
    public mutating func writeBinarySize(part: [UInt32], sizeBytes: UInt64) {
        beginItem("BINARY.SIZE[")
        writePart(part)
        write("] ")
        write(sizeBytes)
    }

    mutating func beginItem(_ name: StaticString) {
        separateItem()
        write(name)
    }

    mutating func separateItem() {
        if fetchHasItems { space() }
        fetchHasItems = true
    }

    private mutating func writeItem(_ name: StaticString, _ number: UInt64) {
        beginItem(name)
        write(number)
    }

    private mutating func writeDate(_ date: InternalDate) {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(26)
        date.append(to: &bytes)
        writeQuoted(bytes)
    }

    mutating func writePart(_ part: [UInt32]) {
        for (index, number) in part.enumerated() {
            if index > 0 { write(UInt8(ascii: ".")) }
            write(number)
        }
    }
}
