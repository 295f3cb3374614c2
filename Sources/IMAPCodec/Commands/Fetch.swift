import MailModel

/// FETCH and UID FETCH: RFC 9051 §6.4.5, with the modifiers of RFC 4466 §2.5.
public struct FetchCommand: Hashable, Sendable {
    public let kind: NumberKind
    public let messages: SequenceSet
    /// Macros expanded; as the client ordered them, UID not added.
    public let items: [FetchItem]
    /// CHANGEDSINCE, 1...2^63−1: RFC 7162 §3.1.4.1.
    public let changedSince: ModSeq?

    public init(
        kind: NumberKind, messages: SequenceSet, items: [FetchItem], changedSince: ModSeq? = nil
    ) {
        self.kind = kind
        self.messages = messages
        self.items = items
        self.changedSince = changedSince
    }
}

/// One thing FETCH can tell of a message: RFC 9051 §6.4.5.
public enum FetchItem: Hashable, Sendable {
    case envelope
    case flags
    case internalDate
    case rfc822
    case rfc822Header
    case rfc822Size
    case rfc822Text
    /// BODY without a section: BODYSTRUCTURE without its extension data.
    case body
    case bodyStructure
    case uid
    case bodySection(Section, peek: Bool, partial: Partial?)
    /// RFC 3516 §4.2; the path is empty for the whole message.
    case binary(part: [UInt32], peek: Bool, partial: Partial?)
    case binarySize(part: [UInt32])
    /// RFC 7162 §3.1.4.
    case modSeq
    /// RFC 8474 §4.
    case emailID
    case threadID
    /// RFC 8514 §4.2.
    case saveDate

    /// Whether fetching it sets `\Seen` in a mailbox that is not read-only.
    public var setsSeen: Bool {
        switch self {
        case .rfc822, .rfc822Text: true
        case .bodySection(_, let peek, _), .binary(_, let peek, _): !peek
        default: false
        }
    }
}

/// `<offset.count>`: a piece of a section, which may lie beyond its end.
public struct Partial: Hashable, Sendable {
    /// 0...2^63−1.
    public let offset: UInt64
    /// 1...2^63−1.
    public let count: UInt64

    public init(offset: UInt64, count: UInt64) {
        self.offset = offset
        self.count = count
    }

    /// The bytes meant of a section of `sizeBytes`; empty at its end when they lie beyond it.
    public func range(in sizeBytes: Int) -> Range<Int> {
        let size = UInt64(Swift.max(sizeBytes, 0))
        let start = Swift.min(offset, size)
        let length = Swift.min(count, size - start)
        return Int(start)..<Int(start + length)
    }
}
