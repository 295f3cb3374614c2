/// An event's place in the store's log: 1...2^63−1, gap-free. 0 stands before the first event.
///
/// A position is also a mod-sequence: the MODSEQ of a message is the position of the last event
/// that touched it, HIGHESTMODSEQ of a mailbox that of the last event in it (RFC 7162 §3.1).
public struct LogPosition: Hashable, Comparable, Sendable {
    public let rawValue: UInt64

    /// The place before the first event.
    public static let start = LogPosition(0)

    @inlinable
    public init(_ rawValue: UInt64) { self.rawValue = rawValue }

    /// The place after this one.
    @inlinable
    public var next: LogPosition { LogPosition(rawValue + 1) }

    @inlinable
    public static func < (left: LogPosition, right: LogPosition) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension LogPosition: CustomStringConvertible {
    public var description: String { String(rawValue) }
}

/// A mod-sequence: 1...2^63−1 on messages, 0 allowed where RFC 7162 says so.
public typealias ModSeq = LogPosition
