/// What stands at the end of a line before a literal: `{n}`, `{n+}`, `~{n}`.
struct LiteralAnnouncement {
    /// 0...2^63−1.
    let sizeBytes: UInt64
    let isSynchronising: Bool
    let isBinary: Bool

    init(sizeBytes: UInt64, isSynchronising: Bool, isBinary: Bool) {
        self.sizeBytes = sizeBytes
        self.isSynchronising = isSynchronising
        self.isBinary = isBinary
    }

    /// How a line ends, as far as literals go.
    enum LineEnding {
        case plain
        case literal(LiteralAnnouncement)
        /// A size above 2^63−1; without "+" the client waits and does no harm.
        case tooLarge(isSynchronising: Bool)
    }

    /// Looks at the end of `line`, which stands without its line end.
    static func ending(of line: UnsafeRawBufferPointer) -> LineEnding {
        var index = line.count - 1
        guard index >= 0, line[index] == UInt8(ascii: "}") else { return .plain }
        index -= 1
        let isSynchronising = !(index >= 0 && line[index] == UInt8(ascii: "+"))
        if !isSynchronising { index -= 1 }
        let end = index
        var value: UInt64 = 0
        var scale: UInt64 = 1
        var isTooLarge = false
        while index >= 0, Bytes.isDigit(line[index]) {
            let digit = UInt64(line[index] & 0x0F)
            let (product, overflow) = digit.multipliedReportingOverflow(by: scale)
            let (sum, carry) = value.addingReportingOverflow(product)
            if overflow || carry || sum > UInt64(Int64.max) {
                isTooLarge = true
            } else {
                value = sum
            }
            // Beyond 20 digits the scale stays: any digit but 0 is then too large already.
            let (next, scaleOverflow) = scale.multipliedReportingOverflow(by: 10)
            scale = scaleOverflow ? .max : next
            index -= 1
        }
        guard index >= 0, index < end, line[index] == UInt8(ascii: "{") else { return .plain }
        if isTooLarge { return .tooLarge(isSynchronising: isSynchronising) }
        let isBinary = index > 0 && line[index - 1] == UInt8(ascii: "~")
        return .literal(
            LiteralAnnouncement(
                sizeBytes: value, isSynchronising: isSynchronising, isBinary: isBinary))
    }
}
