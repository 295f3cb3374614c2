/// A term of ownership of the log. Each `acquire` begins the next; 0 is before the first.
package struct Epoch: Hashable, Comparable, Sendable {
    package let rawValue: UInt64

    package static let none = Epoch(0)

    package init(_ rawValue: UInt64) { self.rawValue = rawValue }

    package var next: Epoch { Epoch(rawValue &+ 1) }

    package static func < (left: Epoch, right: Epoch) -> Bool { left.rawValue < right.rawValue }
}

extension Epoch: CustomStringConvertible {
    package var description: String { String(rawValue) }
}
