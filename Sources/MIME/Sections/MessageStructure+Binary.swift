/// Why BINARY[…] has no answer: RFC 3516 §4.3.
public enum BinaryError: Error, Hashable, Sendable {
    /// Answered with NO [UNKNOWN-CTE].
    case unknownEncoding
    /// Answered with NIL.
    case noSuchPart
}

extension MessageStructure {
    /// BINARY[part]: the part's body with its transfer encoding undone; the whole message for an
    /// empty path. Parts that hold parts are given as they stand.
    ///
    /// - Parameter bytes: those that the structure was made from.
    public func decodedPart(
        _ path: [UInt32], in bytes: UnsafeRawBufferPointer
    ) throws(BinaryError) -> [UInt8] {
        let view = ByteView(bytes)
        guard let range = body(path) else { throw .noSuchPart }
        guard let index = index(ofPart: path) else { return view.array(range) }
        return try transferEncoding(of: index, in: view).decode(view.raw(range))
    }

    /// BINARY.SIZE[part]: the length of what `decodedPart` gives.
    public func decodedSize(
        _ path: [UInt32], in bytes: UnsafeRawBufferPointer
    ) throws(BinaryError) -> Int {
        let view = ByteView(bytes)
        guard let range = body(path) else { throw .noSuchPart }
        guard let index = index(ofPart: path) else { return range.count }
        let encoding = try transferEncoding(of: index, in: view)
        return encoding == .identity ? range.count : encoding.decode(view.raw(range)).count
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
