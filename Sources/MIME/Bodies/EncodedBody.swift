/// A part's body that is to be given with its transfer encoding undone, however large it is: holds
/// where it stands, and no bytes.
public struct EncodedBody: Sendable, Hashable {
    /// Of the message's bytes.
    public let range: Range<Int>
    let encoding: TransferEncoding

    /// Bytes that are decoded in one go.
    static let pieceBytes = 64 << 10

    /// Whether the bytes are given as they stand.
    public var isPlain: Bool { encoding == .identity }

    /// For the body's bytes from the first on.
    public func makeDecoder() -> TransferDecoder { TransferDecoder(encoding) }

    /// What is to be known of the decoded bytes before the first of them is sent.
    public struct Measure: Sendable, Hashable {
        public let sizeBytes: Int
        public let hasNUL: Bool
    }

    /// All of the decoded bytes, for a body that is short.
    ///
    /// - Parameter message: the bytes that the structure was made from.
    public func decoded(in message: UnsafeRawBufferPointer) -> [UInt8] {
        encoding.decode(ByteView(message).raw(range))
    }

    /// Goes through the body, piece by piece.
    ///
    /// - Parameter message: the bytes that the structure was made from.
    /// - Parameter isCancelled: asked before each piece.
    /// - Returns: nil when it was cancelled.
    public func measure(
        in message: UnsafeRawBufferPointer, isCancelled: () -> Bool = { false }
    ) -> Measure? {
        var size = 0
        var hasNUL = false
        let isDone = forEachPiece(in: message) { piece in
            size += piece.count
            if !hasNUL { hasNUL = ByteView(piece).first(0, from: 0, to: piece.count) != nil }
            return !isCancelled()
        }
        return isDone ? Measure(sizeBytes: size, hasNUL: hasNUL) : nil
    }

    /// Calls `body` with the decoded bytes, one piece after another, until it returns false.
    ///
    /// - Returns: whether all were given.
    func forEachPiece(
        in message: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) throws -> Bool
    ) rethrows -> Bool {
        let view = ByteView(message)
        let range = view.clamp(range)
        let capacity = TransferDecoder.capacity(for: EncodedBody.pieceBytes)
        return try withUnsafeTemporaryAllocation(byteCount: capacity, alignment: 16) { output in
            var decoder = makeDecoder()
            var position = range.lowerBound
            repeat {
                let raw = view.raw(
                    (position..<range.upperBound).first(EncodedBody.pieceBytes))
                position += raw.count
                let count = decoder.decode(
                    raw, isLast: position >= range.upperBound, into: output)
                guard try body(UnsafeRawBufferPointer(rebasing: output[..<count])) else {
                    return false
                }
            } while position < range.upperBound
            return true
        }
    }
}
