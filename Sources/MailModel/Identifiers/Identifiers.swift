/// An account: the position of the event that created it.
public struct AccountID: Hashable, Comparable, Sendable {
    public let rawValue: UInt64
    @inlinable
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A mailbox, for ever: the position of the event that created it. MAILBOXID of RFC 8474.
public struct MailboxID: Hashable, Comparable, Sendable {
    public let rawValue: UInt64
    @inlinable
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }
    @inlinable
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A message's content, for ever, shared by its copies: the position of the event that appended it
/// and the message's index in that event. EMAILID of RFC 8474.
public struct EmailID: Hashable, Comparable, Sendable {
    public let position: LogPosition
    public let index: UInt32

    @inlinable
    public init(position: LogPosition, index: UInt32) {
        self.position = position
        self.index = index
    }

    @inlinable
    public static func < (left: Self, right: Self) -> Bool {
        (left.position, left.index) < (right.position, right.index)
    }
}

/// The objectid forms of RFC 8474 §4: letters, digits, `_`, `-`.
extension MailboxID: CustomStringConvertible {
    public var description: String { "F\(rawValue)" }
}

extension EmailID: CustomStringConvertible {
    public var description: String { "M\(position)-\(index)" }
}

extension AccountID: CustomStringConvertible {
    public var description: String { "A\(rawValue)" }
}
