/// How long operations took, in nanoseconds, told to within 0.8 % of each value.
///
/// Each doubling of the time is split into 128 steps, so that it takes 60 KB whatever is recorded.
struct LatencyHistogram {
    private static let stepBits = 7
    private static let steps = 1 << stepBits

    private var counts = [UInt64](repeating: 0, count: steps * (64 - stepBits))
    private(set) var count: UInt64 = 0
    private(set) var greatest: UInt64 = 0
    private(set) var sum: UInt64 = 0

    mutating func record(_ nanoseconds: UInt64) {
        counts[LatencyHistogram.index(of: nanoseconds)] += 1
        count += 1
        sum &+= nanoseconds
        greatest = max(greatest, nanoseconds)
    }

    mutating func removeAll() { self = LatencyHistogram() }

    /// The time within which this part of all operations was done; 0 when there were none.
    ///
    /// - Parameter part: 0.5 for the median; more than 0, and 1 at most.
    func percentile(_ part: Double) -> UInt64 {
        let wanted = max(1, UInt64((Double(count) * part).rounded(.up)))
        var seen: UInt64 = 0
        for (index, count) in counts.enumerated() where count > 0 {
            seen += count
            if seen >= wanted { return min(greatest, LatencyHistogram.upperBound(of: index)) }
        }
        return greatest
    }

    private static func index(of value: UInt64) -> Int {
        guard value >= UInt64(steps) else { return Int(value) }
        let octave = 63 - value.leadingZeroBitCount - stepBits
        return (octave + 1) * steps + Int(value >> UInt64(octave)) - steps
    }

    /// The greatest value that is counted at this index.
    private static func upperBound(of index: Int) -> UInt64 {
        guard index >= steps else { return UInt64(index) }
        let octave = index / steps - 1
        let step = UInt64(index % steps + steps)
        return ((step + 1) << UInt64(octave)) &- 1
    }
}
