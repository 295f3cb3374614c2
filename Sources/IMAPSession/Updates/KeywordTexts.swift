import IMAPCodec
import MailModel
import MailboxStore

/// The keywords of message rows as ready wire bytes, made once for each combination.
///
/// A mailbox's messages share few combinations, and most have none.
package struct KeywordTexts {
    private let table: KeywordTable
    private var known: [[UInt8]: [UInt8]] = [:]
    private var last: (bits: [UInt8], text: [UInt8])?

    package init(_ table: KeywordTable) { self.table = table }

    /// How many keywords the mailbox had when this was made.
    package var keywordCount: Int { table.keywords.count }

    /// Bytes of the text of a message that has them all.
    package var longestBytes: Int {
        table.keywords.reduce(0) { $0 + $1.name.utf8.count + 1 }
    }

    /// The flags of a row as this session is shown them.
    @inline(__always)
    package mutating func flags(of row: MessageRowView, isRecent: Bool) -> FlagText {
        let bits = row.keywordBytes
        return FlagText(
            system: row.flags, isRecent: isRecent, keywords: bits.isEmpty ? [] : text(of: bits))
    }

    private mutating func text(of bits: UnsafeRawBufferPointer) -> [UInt8] {
        if let last, last.bits.elementsEqual(bits) { return last.text }
        let key = Array(bits)
        let text = known[key] ?? FlagText.joined(table.keywords(of: KeywordBits(bytes: key)))
        // More combinations than this are not worth their memory.
        if known.count < 1024 { known[key] = text }
        last = (key, text)
        return text
    }
}
