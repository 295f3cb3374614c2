import IMAPCodec
import MIME
import MailModel
import MailboxStore
import NIOCore

/// The bytes of one section on their way to the client, in pieces: what is left of a literal.
struct LiteralWriter {
    private let content: SectionContent
    private var index = 0
    /// Within the range at `index`, or within the suffix once the ranges are done.
    private var offset = 0

    /// One read of a body file at most.
    private static let pieceBytes = 256 << 10

    init(_ content: SectionContent) { self.content = content }

    var isDone: Bool {
        index >= content.ranges.count && offset >= content.suffix.count
    }

    /// Writes at most `room` bytes; they go from the file straight into the out-buffer.
    ///
    /// - Throws: when the file cannot be read; the buffer then ends where it did before.
    mutating func write(
        atMost room: Int, of location: BodyLocation, in bodies: BodyStore,
        to out: inout ResponseWriter
    ) throws(StoreError) {
        let room = min(max(room, 1), LiteralWriter.pieceBytes)
        guard index < content.ranges.count else {
            let count = min(room, content.suffix.count - offset)
            out.buffer.writeBytes(content.suffix[offset..<(offset + count)])
            offset += count
            return
        }
        let range = content.ranges[index]
        let count = min(room, range.count - offset)
        let start = UInt64(clamping: range.lowerBound + offset)
        var failure: StoreError?
        out.buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { region in
            let target = UnsafeMutableRawBufferPointer(rebasing: region[..<count])
            do throws(StoreError) {
                try bodies.read(location, from: start, into: target)
                return count
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        offset += count
        if offset == range.count {
            index += 1
            offset = 0
        }
    }
}
