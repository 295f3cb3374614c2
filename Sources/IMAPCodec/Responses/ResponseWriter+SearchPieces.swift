import MailModel
import NIOCore

/// The SEARCH response in pieces, for results that are larger than an out-buffer should be.
extension ResponseWriter {
    /// `* SEARCH`: numbers may follow, and `endSearch` must.
    public mutating func beginSearch() { write("* SEARCH") }

    /// Writes numbers from `next` on until the buffer holds `limitBytes`.
    ///
    /// - Returns: the number to go on with; nil when all are written.
    public mutating func writeSearchNumbers(
        _ numbers: NumberSet, from next: UInt32, upTo limitBytes: Int
    ) -> UInt32? {
        for range in numbers.ranges where range.upperBound >= next {
            for number in max(range.lowerBound, next)...range.upperBound {
                guard buffer.readableBytes < limitBytes else { return number }
                write(atMost: 21) { cursor in
                    cursor.put(UInt8(ascii: " "))
                    cursor.put(number)
                }
            }
        }
        return nil
    }

    /// - Parameter modSeq: the greatest of the messages found, where RFC 7162 §3.1.5 wants it.
    public mutating func endSearch(modSeq: ModSeq? = nil) {
        if let modSeq {
            write(" (MODSEQ ")
            write(modSeq.rawValue)
            write(UInt8(ascii: ")"))
        }
        endLine()
    }
}
