/// A set of numbers as sorted, disjoint, non-adjacent closed ranges.
///
/// Never expanded: its cost is that of its ranges, whatever they span. RFC 9051 §4.1.1.
public struct NumberSet: Hashable, Sendable {
    public private(set) var ranges: [ClosedRange<UInt32>]

    public init() { ranges = [] }

    public init(_ range: ClosedRange<UInt32>) { ranges = [range] }

    /// Ranges in any order, overlapping or not.
    public init(_ unsorted: some Sequence<ClosedRange<UInt32>>) {
        ranges = []
        for range in unsorted.sorted(by: { $0.lowerBound < $1.lowerBound }) { insertLast(range) }
    }

    /// Numbers in any order.
    public init(numbers: some Sequence<UInt32>) {
        self.init(numbers.lazy.map { $0...$0 })
    }

    /// Numbers in ascending order; cheaper than sorting.
    public init(ascending numbers: some Sequence<UInt32>) {
        ranges = []
        for number in numbers { insertLast(number...number) }
    }

    public var isEmpty: Bool { ranges.isEmpty }

    /// How many numbers are in the set.
    public var count: Int { ranges.reduce(0) { $0 + Int($1.upperBound - $1.lowerBound) + 1 } }

    public var first: UInt32? { ranges.first?.lowerBound }
    public var last: UInt32? { ranges.last?.upperBound }

    /// O(log ranges).
    public func contains(_ number: UInt32) -> Bool {
        var low = 0
        var high = ranges.count
        while low < high {
            let middle = (low + high) / 2
            if ranges[middle].upperBound < number { low = middle + 1 } else { high = middle }
        }
        return low < ranges.count && ranges[low].lowerBound <= number
    }

    /// Adds a range whose lower bound is not below any that is already there; merges neighbours.
    public mutating func insertLast(_ range: ClosedRange<UInt32>) {
        guard let last = ranges.last,
            last.upperBound == .max || range.lowerBound <= last.upperBound + 1
        else {
            ranges.append(range)
            return
        }
        guard range.lowerBound >= last.lowerBound else {
            self = NumberSet(ranges + [range])
            return
        }
        ranges[ranges.count - 1] = last.lowerBound...Swift.max(last.upperBound, range.upperBound)
    }

    public mutating func insert(_ number: UInt32) {
        if let last, number < last {
            self = NumberSet(ranges + [number...number])
        } else {
            insertLast(number...number)
        }
    }

    /// The first `count` numbers, or all.
    public func prefix(_ count: Int) -> NumberSet {
        var result = NumberSet()
        var left = Swift.max(count, 0)
        for range in ranges where left > 0 {
            let length = Swift.min(Int(range.upperBound - range.lowerBound) + 1, left)
            result.ranges.append(range.lowerBound...(range.lowerBound + UInt32(length - 1)))
            left -= length
        }
        return result
    }

    public func union(_ other: NumberSet) -> NumberSet { NumberSet(ranges + other.ranges) }

    public func intersection(_ other: NumberSet) -> NumberSet {
        var result = NumberSet()
        var mine = 0
        var theirs = 0
        while mine < ranges.count, theirs < other.ranges.count {
            let low = Swift.max(ranges[mine].lowerBound, other.ranges[theirs].lowerBound)
            let high = Swift.min(ranges[mine].upperBound, other.ranges[theirs].upperBound)
            if low <= high { result.insertLast(low...high) }
            if ranges[mine].upperBound < other.ranges[theirs].upperBound {
                mine += 1
            } else {
                theirs += 1
            }
        }
        return result
    }

    public func subtracting(_ other: NumberSet) -> NumberSet {
        var result = NumberSet()
        var theirs = 0
        for range in ranges {
            var low = UInt64(range.lowerBound)
            let high = UInt64(range.upperBound)
            while theirs < other.ranges.count, UInt64(other.ranges[theirs].upperBound) < low {
                theirs += 1
            }
            var index = theirs
            while index < other.ranges.count, UInt64(other.ranges[index].lowerBound) <= high {
                let hole = other.ranges[index]
                if UInt64(hole.lowerBound) > low {
                    result.insertLast(UInt32(low)...(hole.lowerBound - 1))
                }
                low = UInt64(hole.upperBound) + 1
                index += 1
            }
            if low <= high { result.insertLast(UInt32(low)...UInt32(high)) }
        }
        return result
    }
}

extension NumberSet: Sequence {
    /// The numbers themselves, ascending.
    @inlinable
    public func makeIterator() -> Iterator { Iterator(ranges) }

    public struct Iterator: IteratorProtocol {
        @usableFromInline let ranges: [ClosedRange<UInt32>]
        @usableFromInline var range = 0
        /// The next number, should it be in the range; 64 bits, so that the last one has a next.
        @usableFromInline var number: UInt64

        @inlinable
        init(_ ranges: [ClosedRange<UInt32>]) {
            self.ranges = ranges
            number = UInt64(ranges.first?.lowerBound ?? 0)
        }

        @inlinable
        public mutating func next() -> UInt32? {
            guard range < ranges.count else { return nil }
            let result = UInt32(truncatingIfNeeded: number)
            if result < ranges[range].upperBound {
                number += 1
            } else {
                range += 1
                if range < ranges.count { number = UInt64(ranges[range].lowerBound) }
            }
            return result
        }
    }
}

extension NumberSet: CustomStringConvertible {
    /// The wire form, `1:3,5`; empty for the empty set, which has none.
    public var description: String {
        ranges.map {
            $0.lowerBound == $0.upperBound
                ? "\($0.lowerBound)" : "\($0.lowerBound):\($0.upperBound)"
        }.joined(separator: ",")
    }
}

/// UIDs of one mailbox.
public typealias UIDSet = NumberSet
