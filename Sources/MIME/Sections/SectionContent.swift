/// Bytes of a section as ranges of the message, so that a large one can be sent without a copy.
public struct SectionContent: Hashable, Sendable {
    /// Ranges of the message's bytes, in order.
    public let ranges: [Range<Int>]
    /// What follows the ranges and is not taken from the message: the empty line of HEADER.FIELDS.
    public let suffix: [UInt8]
    /// The length of the section.
    public let byteCount: Int

    public init(ranges: [Range<Int>], suffix: [UInt8] = []) {
        self.ranges = ranges
        self.suffix = suffix
        byteCount = ranges.reduce(suffix.count) { $0 + $1.count }
    }

    /// The section's bytes from `offset` on, at most `length` of them: `BODY[]<offset.length>`.
    /// Empty when the section ends before.
    public func slice(offset: UInt64, length: UInt64) -> SectionContent {
        var skip = Int(clamping: offset)
        var left = Int(clamping: length)
        func take(_ range: Range<Int>) -> Range<Int> {
            let lower = range.lowerBound + min(skip, range.count)
            let upper = lower + min(left, range.upperBound - lower)
            skip -= min(skip, range.count)
            left -= upper - lower
            return lower..<upper
        }
        let ranges = ranges.map(take).filter { !$0.isEmpty }
        let tail = take(0..<suffix.count)
        return SectionContent(ranges: ranges, suffix: Array(suffix[tail]))
    }

    /// The same bytes, of a message in which they stand further behind: for a section of a header
    /// that was looked at alone.
    public func moved(by offset: Int) -> SectionContent {
        SectionContent(
            ranges: ranges.map { ($0.lowerBound + offset)..<($0.upperBound + offset) },
            suffix: suffix)
    }

    /// The section's bytes, copied out of the message.
    public func bytes(in message: UnsafeRawBufferPointer) -> [UInt8] {
        let view = ByteView(message)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(byteCount)
        for range in ranges { bytes.append(contentsOf: view.raw(range)) }
        bytes.append(contentsOf: suffix)
        return bytes
    }
}
