import MailModel

extension CommandParser {
    /// sequence-set = (seq-number / seq-range) ["," sequence-set] / seq-last-command
    ///
    /// RFC 9051 §9; `$` of RFC 5182. Ranges that touch their neighbour are merged while reading,
    /// all of them when there are too many (S7).
    mutating func sequenceSet() throws(ParseStop) -> SequenceSet {
        try spendToken()
        if skip(UInt8(ascii: "$")) { return .savedResult }
        let start = position
        var ranges: [SequenceSet.Range] = []
        repeat {
            let range = try sequenceRange()
            if let last = ranges.last, let merged = last.merged(with: range) {
                ranges[ranges.count - 1] = merged
            } else {
                ranges.append(range)
            }
        } while skip(UInt8(ascii: ","))
        if ranges.count > budget.setRanges { ranges = merged(ranges) }
        guard ranges.count <= budget.setRanges else { throw bad("too many ranges", at: start) }
        return .ranges(ranges)
    }

    /// seq-range = seq-number ":" seq-number                                    RFC 9051 §9
    private mutating func sequenceRange() throws(ParseStop) -> SequenceSet.Range {
        let lower = try sequenceNumber()
        guard skip(UInt8(ascii: ":")) else { return SequenceSet.Range(lower, lower) }
        return SequenceSet.Range(lower, try sequenceNumber())
    }

    /// seq-number = nz-number / "*"                                             RFC 9051 §9
    private mutating func sequenceNumber() throws(ParseStop) -> UInt32? {
        if skip(UInt8(ascii: "*")) { return nil }
        guard let byte = next, Bytes.isDigit(byte) else { throw expected("a message number") }
        return try nzNumber()
    }

    private func merged(_ ranges: [SequenceSet.Range]) -> [SequenceSet.Range] {
        let open = Set(ranges.filter { $0.lower == nil || $0.upper == nil })
        let closed = ranges.compactMap(\.closed)
        return NumberSet(closed).ranges.map { SequenceSet.Range($0.lowerBound, $0.upperBound) }
            + open.sorted { ($0.lower ?? $0.upper ?? 0) < ($1.lower ?? $1.upper ?? 0) }
    }
}

extension SequenceSet.Range {
    /// The range in ascending order; nil when a bound is `*`.
    fileprivate var closed: ClosedRange<UInt32>? {
        guard let lower, let upper else { return nil }
        return Swift.min(lower, upper)...Swift.max(lower, upper)
    }

    /// One range for two that overlap or follow each other; nil when there is none.
    fileprivate func merged(with other: SequenceSet.Range) -> SequenceSet.Range? {
        guard let mine = closed, let theirs = other.closed,
            UInt64(theirs.lowerBound) <= UInt64(mine.upperBound) + 1,
            UInt64(mine.lowerBound) <= UInt64(theirs.upperBound) + 1
        else { return nil }
        return SequenceSet.Range(
            Swift.min(mine.lowerBound, theirs.lowerBound),
            Swift.max(mine.upperBound, theirs.upperBound))
    }
}
