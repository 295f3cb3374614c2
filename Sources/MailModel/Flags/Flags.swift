/// The system flags that a store keeps with a message: RFC 9051 §2.3.2.
///
/// `\Recent` is not among them: it belongs to a session, not to a message.
public struct SystemFlags: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    @inlinable
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let answered = SystemFlags(rawValue: 1)
    public static let flagged = SystemFlags(rawValue: 2)
    public static let deleted = SystemFlags(rawValue: 4)
    public static let seen = SystemFlags(rawValue: 8)
    public static let draft = SystemFlags(rawValue: 16)
    public static let all: SystemFlags = [.answered, .flagged, .deleted, .seen, .draft]

    /// Each flag with its wire name, in the order in which they are shown.
    public static let names: [(flag: SystemFlags, name: StaticString)] = [
        (.answered, "\\Answered"), (.flagged, "\\Flagged"), (.deleted, "\\Deleted"),
        (.seen, "\\Seen"), (.draft, "\\Draft"),
    ]
}

/// A keyword: an atom, compared without regard to ASCII case, kept as it was first spelled.
///
/// flag-keyword = "$MDNSent" / "$Forwarded" / … / atom                       RFC 9051 §9
public struct Keyword: Sendable {
    public let name: String

    /// - Returns: nil when `name` is empty or is not an atom of at most 255 bytes.
    public init?(_ name: String) {
        let bytes = name.utf8
        guard !bytes.isEmpty, bytes.count <= 255, bytes.allSatisfy(Keyword.isAtomByte) else {
            return nil
        }
        self.name = name
    }

    // ATOM-CHAR = <any CHAR except atom-specials>                              RFC 9051 §9
    static func isAtomByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F...0xFF, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"),
            UInt8(ascii: "%"), UInt8(ascii: "*"), UInt8(ascii: "\""), UInt8(ascii: "\\"),
            UInt8(ascii: "]"):
            false
        default: true
        }
    }
}

extension Keyword: Hashable {
    public static func == (left: Keyword, right: Keyword) -> Bool {
        left.name.utf8.count == right.name.utf8.count
            && left.name.utf8.elementsEqual(right.name.utf8) { folded($0) == folded($1) }
    }

    public func hash(into hasher: inout Hasher) {
        for byte in name.utf8 { hasher.combine(Keyword.folded(byte)) }
    }

    @inline(__always)
    private static func folded(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "A") && byte <= UInt8(ascii: "Z") ? byte | 0x20 : byte
    }
}

/// The flags of one message, or those that a client names.
public struct FlagSet: Hashable, Sendable {
    public var system: SystemFlags
    /// Without repetition, in the order in which they were named.
    public var keywords: [Keyword]

    public init(system: SystemFlags = [], keywords: [Keyword] = []) {
        self.system = system
        var known: Set<Keyword> = []
        self.keywords =
            keywords.count < 2 ? keywords : keywords.filter { known.insert($0).inserted }
    }

    public var isEmpty: Bool { system.isEmpty && keywords.isEmpty }
}

/// What STORE does with the flags it names: RFC 9051 §6.4.6.
public enum FlagOperation: UInt8, Hashable, Sendable {
    case replace = 0
    case add = 1
    case remove = 2
}
