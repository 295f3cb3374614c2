import MailModel
import NIOCore

extension ResponseWriter {
    /// string = quoted / literal: a literal whenever quoting could not hold the bytes, or would
    /// make a very long line.                                                   RFC 9051 §9
    public mutating func writeString(_ bytes: some Collection<UInt8>) {
        if bytes.withContiguousStorageIfAvailable({ writeString(UnsafeRawBufferPointer($0)) })
            == nil
        {
            Array(bytes).withUnsafeBytes { writeString($0) }
        }
    }

    /// nstring = string / nil                                                   RFC 9051 §9
    public mutating func writeNString(_ bytes: (some Collection<UInt8>)?) {
        if let bytes { writeString(bytes) } else { write("NIL") }
    }

    /// astring = 1*ASTRING-CHAR / string                                        RFC 9051 §9
    public mutating func writeAString(_ bytes: some Collection<UInt8>) {
        let isAtom = !bytes.isEmpty && bytes.count <= 255 && bytes.allSatisfy(Bytes.isAtom)
        // A bare NIL would be an astring too, but clients take it for nothing.
        let isNIL = bytes.count == 3 && bytes.elementsEqual("NIL".utf8) { $0 & 0xDF == $1 }
        if isAtom, !isNIL { buffer.writeBytes(bytes) } else { writeString(bytes) }
    }

    /// mailbox = "INBOX" / astring, spelled as the connection wants it.
    public mutating func writeMailbox(_ name: MailboxName) { writeMailbox(text: name.string) }

    /// As `writeMailbox`, for texts that are no names, such as prefixes of namespaces.
    mutating func writeMailbox(text: String) {
        switch encoding.mailboxNames {
        case .modifiedUTF7: writeAString(ModifiedUTF7.encode(text))
        case .utf8:
            if text.utf8.allSatisfy(Bytes.isAtom) {
                writeAString(text.utf8)
            } else {
                writeQuoted(text.utf8)
            }
        }
    }

    /// `{n}` CRLF: n bytes must follow.
    public mutating func writeLiteralHeader(_ sizeBytes: UInt64) {
        write(atMost: 24) { cursor in
            cursor.put(UInt8(ascii: "{"))
            cursor.put(sizeBytes)
            cursor.put("}\r\n")
        }
    }

    /// `~{n}` CRLF: n bytes, NUL among them, must follow. RFC 3516 §4.1.
    public mutating func writeLiteral8Header(_ sizeBytes: UInt64) {
        write(UInt8(ascii: "~"))
        writeLiteralHeader(sizeBytes)
    }

    private mutating func writeString(_ bytes: UnsafeRawBufferPointer) {
        if bytes.count <= ResponseWriter.longestQuoted, bytes.allSatisfy(isQuotable) {
            writeQuoted(bytes)
        } else {
            writeLiteralHeader(UInt64(bytes.count))
            buffer.writeBytes(bytes)
        }
    }

    mutating func writeQuoted(_ bytes: some Collection<UInt8>) {
        let length = bytes.count
        write(atMost: 2 * length + 2) { cursor in
            cursor.put(UInt8(ascii: "\""))
            for byte in bytes {
                if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") {
                    cursor.put(UInt8(ascii: "\\"))
                }
                cursor.put(byte)
            }
            cursor.put(UInt8(ascii: "\""))
        }
    }

    /// Control characters, CR, LF and NUL among them, and 8-bit bytes go into literals (S29).
    private func isQuotable(_ byte: UInt8) -> Bool {
        (byte >= 0x20 && byte < 0x7F) || byte == 0x09
    }

    /// Longer strings are sent as literals, since clients read lines into buffers.
    private static let longestQuoted = 1000
}
