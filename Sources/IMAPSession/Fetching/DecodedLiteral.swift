import IMAPCodec
import MIME
import MailboxStore
import NIOCore

/// The bytes of a decoded part on their way to the client: what is left of a literal.
struct DecodedLiteral {
    private var pieces: DecodedPieces
    /// Decoded, and not written yet.
    private var ready: ArraySlice<UInt8> = []
    private var left: UInt64

    init(_ part: DecodedPart, _ range: Range<UInt64>) {
        pieces = DecodedPieces(part, from: range.lowerBound)
        left = range.upperBound - range.lowerBound
    }

    var isDone: Bool { left == 0 }

    /// Whether nothing can be written before the next piece is made.
    var needsPiece: Bool { ready.isEmpty && !isDone }

    /// What makes the next piece.
    func job(_ location: BodyLocation, in bodies: BodyStore) -> DecodeJob {
        DecodeJob(pieces: pieces, location: location, bodies: bodies)
    }

    mutating func take(_ bytes: [UInt8], _ next: DecodedPieces) {
        pieces = next
        ready = bytes.prefix(Int(min(left, UInt64(bytes.count))))
    }

    /// Writes at most `room` bytes of those that are ready.
    mutating func write(atMost room: Int, to out: inout ResponseWriter) {
        let piece = ready.prefix(room)
        out.buffer.writeBytes(piece)
        left -= UInt64(piece.count)
        ready = isDone ? [] : ready.dropFirst(piece.count)
    }
}
