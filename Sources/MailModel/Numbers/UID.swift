/// A unique identifier of a message within a mailbox: 1...4_294_967_295.
///
/// RFC 9051 §2.3.1.1.
public struct UID: Hashable, Comparable, Sendable {
    public let rawValue: UInt32

    /// - Returns: nil for 0, which no message may carry.
    @inlinable
    public init?(_ rawValue: UInt32) {
        guard rawValue > 0 else { return nil }
        self.rawValue = rawValue
    }

    @inlinable
    public static func < (left: UID, right: UID) -> Bool { left.rawValue < right.rawValue }
}

/// The value that, with a mailbox's name, makes its UIDs unique for ever: 1...4_294_967_295.
///
/// RFC 9051 §2.3.1.1.
public struct UIDValidity: Hashable, Comparable, Sendable {
    public let rawValue: UInt32

    /// - Returns: nil for 0, which no mailbox may carry.
    @inlinable
    public init?(_ rawValue: UInt32) {
        guard rawValue > 0 else { return nil }
        self.rawValue = rawValue
    }

    @inlinable
    public static func < (left: UIDValidity, right: UIDValidity) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension UIDValidity {
    /// 1
    public static let least = UIDValidity(unchecked: 1)

    @usableFromInline
    init(unchecked rawValue: UInt32) { self.rawValue = rawValue }
}
