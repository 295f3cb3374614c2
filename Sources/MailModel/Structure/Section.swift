/// A section of a message as FETCH BODY[…] names it: RFC 9051 §6.4.5.1.
public struct Section: Hashable, Sendable {
    /// The part's path, 1-based; empty is the message itself.
    public let part: [UInt32]
    public let kind: Kind

    public init(part: [UInt32] = [], kind: Kind) {
        self.part = part
        self.kind = kind
    }

    public enum Kind: Hashable, Sendable {
        /// `BODY[]`, `BODY[1.2]`.
        case whole
        /// `HEADER`: of the message, or of the message/rfc822 at the part.
        case header
        /// `HEADER.FIELDS (…)`, the names as the client spelled them.
        case headerFields([String])
        /// `HEADER.FIELDS.NOT (…)`, the names as the client spelled them.
        case headerFieldsNot([String])
        case text
        /// The MIME header of a part; never with an empty path.
        case mime
    }
}
