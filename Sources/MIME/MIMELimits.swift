/// How much of a message is looked into; RELIABILITY.md S14.
///
/// What lies beyond a limit is not an error: the view of the message ends there, while its bytes are
/// stored and returned as they are.
public struct MIMELimits: Sendable, Hashable {
    /// Levels of multipart and message/rfc822 within each other, the message itself being the first.
    public var depth = 64
    /// Parts of a message, the message itself included.
    public var parts = 10_000
    /// Header fields of one part that are looked at.
    public var fieldsPerPart = 1_000
    /// Bytes of one part's header that are looked at.
    public var headerBytesPerPart = 256 * 1024
    /// Addresses of one header field, group marks included.
    public var addresses = 1_000
    /// Parameters of one header field; each piece of an RFC 2231 continuation counts.
    public var parameters = 64
    /// RFC 2047 words of one header field that are decoded for SEARCH.
    public var encodedWords = 1_000
    /// Bytes of a rendered BODYSTRUCTURE; a message that needs more is described as one text/plain part.
    public var bodyStructureBytes = 1024 * 1024

    public init() {}

    public static let standard = MIMELimits()
}
