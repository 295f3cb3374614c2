/// Why BINARY[…] has no answer: RFC 3516 §4.3.
public enum BinaryError: Error, Hashable, Sendable {
    /// Answered with NO [UNKNOWN-CTE].
    case unknownEncoding
    /// Answered with NIL.
    case noSuchPart
}

extension MessageStructure {
    /// BINARY[part]: the part's body, whose transfer encoding is to be undone; the whole message for
    /// an empty path. Parts that hold parts are given as they stand.
    ///
    /// - Parameter bytes: those that the structure was made from.
    public func encodedBody(
        _ path: [UInt32], in bytes: UnsafeRawBufferPointer
    ) throws(BinaryError) -> EncodedBody {
        guard let range = body(path) else { throw .noSuchPart }
        guard let index = index(ofPart: path) else {
            return EncodedBody(range: range, encoding: .identity)
        }
        return EncodedBody(
            range: range, encoding: try transferEncoding(of: index, in: ByteView(bytes)))
    }

    /// The bytes that BINARY[part] gives, all at once.
    public func decodedPart(
        _ path: [UInt32], in bytes: UnsafeRawBufferPointer
    ) throws(BinaryError) -> [UInt8] {
        try encodedBody(path, in: bytes).decoded(in: bytes)
    }

    private func transferEncoding(
        of index: Int, in view: ByteView
    ) throws(BinaryError) -> TransferEncoding {
        switch part(index).kind {
        case .multipart, .message: return .identity
        case .leaf, .unparsable, .opaque:
            guard let encoding = TransferEncoding(part(index), in: view) else {
                throw .unknownEncoding
            }
            return encoding
        }
    }
}
