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
        switch self {
        case .identity: [UInt8](bytes)
        case .base64: Base64.decode(bytes)
        case .quotedPrintable: QuotedPrintable.decode(bytes)
        }
    }
}
