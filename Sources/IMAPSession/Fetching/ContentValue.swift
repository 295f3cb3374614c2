import IMAPCodec
import MIME
import MailModel
import MailboxStore

/// What a content item holds for one message. None holds more bytes than a header has.
package enum ContentValue: Sendable {
    /// Ranges of the message and bytes behind them.
    case bytes(SectionContent)
    /// A part whose transfer encoding is undone while it is sent. A literal8 if it has a NUL.
    case decoded(DecodedPart, Range<UInt64>)
    /// BINARY.SIZE.
    case size(UInt64)
    /// There is no such part, or its bytes cannot be read: NIL, and 0 for BINARY.SIZE.
    case nothing
    /// A transfer encoding that nobody knows: RFC 3516 §4.3 wants no data, and NO [UNKNOWN-CTE].
    case unknownEncoding

    static func range(_ range: Range<Int>) -> ContentValue {
        .bytes(SectionContent(ranges: [range]))
    }

    /// Bytes that are no range of the message.
    static func made(_ bytes: [UInt8]) -> ContentValue {
        .bytes(SectionContent(ranges: [], suffix: bytes))
    }

    /// The piece of it that a partial names.
    func slice(_ partial: Partial?) -> ContentValue {
        guard let partial else { return self }
        switch self {
        case .bytes(let content):
            return .bytes(content.slice(offset: partial.offset, length: partial.count))
        case .decoded(let part, let range):
            let lower = min(
                range.lowerBound + min(partial.offset, part.sizeBytes), range.upperBound)
            return .decoded(part, lower..<(lower + min(partial.count, range.upperBound - lower)))
        case .size, .nothing, .unknownEncoding: return self
        }
    }
}

/// A part as BINARY tells it: where its bytes are, and what is known of them decoded.
package struct DecodedPart: Sendable {
    let body: EncodedBody
    let sizeBytes: UInt64
    let hasNUL: Bool
    /// The decoded bytes of a short part: it is not decoded twice.
    let bytes: [UInt8]?

    init(_ body: EncodedBody, _ measure: EncodedBody.Measure) {
        self.body = body
        sizeBytes = UInt64(clamping: measure.sizeBytes)
        hasNUL = measure.hasNUL
        bytes = nil
    }

    init(_ body: EncodedBody, bytes: [UInt8], isKept: Bool = true) {
        self.body = body
        sizeBytes = UInt64(clamping: bytes.count)
        hasNUL = bytes.contains(0)
        self.bytes = isKept ? bytes : nil
    }

    /// The same without bytes, to be kept for longer than a message is told.
    var measured: DecodedPart { bytes.map { DecodedPart(body, bytes: $0, isKept: false) } ?? self }

    var whole: ContentValue { .decoded(self, 0..<sizeBytes) }
}
