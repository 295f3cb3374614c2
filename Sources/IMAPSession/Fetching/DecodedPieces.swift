import MIME
import MailboxStore

/// A range of a part's decoded bytes, made piece by piece from the body file.
///
/// What lies before the range is decoded too, and not kept.
struct DecodedPieces: Sendable {
    private var decoder: TransferDecoder
    /// Not read yet, of the message's bytes.
    private var encoded: Range<Int>
    /// Decoded bytes that come before the range.
    private var skip: UInt64
    /// Whether the part is decoded in one go.
    let isShort: Bool

    /// Bytes of the file that make one piece.
    static let readBytes = 256 << 10

    init(_ part: DecodedPart, from offset: UInt64) {
        decoder = part.body.makeDecoder()
        encoded = part.body.range
        skip = offset
        isShort = encoded.count <= DecodedPieces.readBytes
    }

    /// Bytes of the file that the next piece takes.
    var nextBytes: Int { min(encoded.count, DecodedPieces.readBytes) }

    /// The next bytes; empty only when it was cancelled.
    ///
    /// - Throws: when the file cannot be read, or holds less than it did.
    mutating func next(
        of location: BodyLocation, in bodies: BodyStore, isCancelled: () -> Bool
    ) throws(StoreError) -> [UInt8] {
        while !isCancelled() {
            guard !encoded.isEmpty else {
                throw .body("the part at \(location) is shorter than it was")
            }
            let decoded = try decode(of: location, in: bodies)
            let skipped = Int(min(skip, UInt64(decoded.count)))
            skip -= UInt64(skipped)
            if skipped == 0, !decoded.isEmpty { return decoded }
            if skipped < decoded.count { return Array(decoded[skipped...]) }
        }
        return []
    }

    private mutating func decode(
        of location: BodyLocation, in bodies: BodyStore
    ) throws(StoreError) -> [UInt8] {
        let count = nextBytes
        let start = UInt64(clamping: encoded.lowerBound)
        encoded = (encoded.lowerBound + count)..<encoded.upperBound
        let isLast = encoded.isEmpty
        return try bodies.withBytes(
            of: location, start..<(start + UInt64(count))
        ) { bytes throws(StoreError) in
            let capacity = TransferDecoder.capacity(for: count)
            return [UInt8](unsafeUninitializedCapacity: capacity) { output, written in
                written = decoder.decode(
                    bytes, isLast: isLast, into: UnsafeMutableRawBufferPointer(output))
            }
        }
    }
}
