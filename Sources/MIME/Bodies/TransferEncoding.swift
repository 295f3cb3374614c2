/// Content-Transfer-Encoding: RFC 2045 §6.
enum TransferEncoding: Sendable, Hashable {
    /// 7bit, 8bit, binary, or none given.
    case identity
    case quotedPrintable
    case base64

    /// - Returns: nil for an encoding that is not known.
    init?(_ part: Part, in view: ByteView) {
        guard let name = part.encoding else {
            self = .identity
            return
        }
        if view.equals(name, "7bit") || view.equals(name, "8bit") || view.equals(name, "binary") {
            self = .identity
        } else if view.equals(name, "base64") {
            self = .base64
        } else if view.equals(name, "quoted-printable") {
            self = .quotedPrintable
        } else {
            return nil
        }
    }

    func decode(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        if self == .identity { return [UInt8](bytes) }
        let capacity = TransferDecoder.capacity(for: bytes.count)
        return [UInt8](unsafeUninitializedCapacity: capacity) { output, count in
            var decoder = TransferDecoder(self)
            count = decoder.decode(
                bytes, isLast: true, into: UnsafeMutableRawBufferPointer(output))
        }
    }
}

/// Undoes a transfer encoding piece by piece: the result is the same however the bytes are cut.
public struct TransferDecoder: Sendable {
    private enum Way: Sendable {
        case identity
        case base64(Base64)
        case quotedPrintable(QuotedPrintable)
    }

    private var way: Way

    init(_ encoding: TransferEncoding) {
        way =
            switch encoding {
            case .identity: .identity
            case .base64: .base64(Base64())
            case .quotedPrintable: .quotedPrintable(QuotedPrintable())
            }
    }

    /// Room that `decode` may need for a piece.
    public static func capacity(for byteCount: Int) -> Int {
        byteCount + QuotedPrintable.mostUndecided
    }

    /// - Parameter isLast: whether no piece follows.
    /// - Parameter output: at least `capacity(for: bytes.count)` bytes.
    /// - Returns: how many bytes were written.
    public mutating func decode(
        _ bytes: UnsafeRawBufferPointer, isLast: Bool, into output: UnsafeMutableRawBufferPointer
    ) -> Int {
        switch way {
        case .identity:
            let count = min(bytes.count, output.count)
            output.copyBytes(from: bytes.prefix(count))
            return count
        case .base64(var decoder):
            defer { way = .base64(decoder) }
            return decoder.decode(bytes, isLast: isLast, into: output)
        case .quotedPrintable(var decoder):
            defer { way = .quotedPrintable(decoder) }
            return decoder.decode(bytes, isLast: isLast, into: output)
        }
    }
}
