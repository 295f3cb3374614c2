/// Some fields of a header, with an empty line behind them: HEADER.FIELDS, HEADER.FIELDS.NOT.
struct HeaderSelection {
    let view: ByteView
    let header: Range<Int>

    /// Pieces of the header that are put together: fields that are apart, as every second one of a
    /// hundred thousand. What lies behind them is left out, so that the choice fits in two MiB.
    static let mostPieces = 100_000

    init(_ view: ByteView, header: Range<Int>) {
        self.view = view
        self.header = header
    }

    /// The fields whose name is wanted. Every field of the header is looked at, limits or not, until
    /// they make too many pieces. The empty line is always there, even when no field is: RFC 9051
    /// §6.4.5.1.
    func fields(where isWanted: (Range<Int>) -> Bool) -> SectionContent {
        var ranges: [Range<Int>] = []
        var fields = HeaderFields(view, header)
        while let field = fields.next() {
            guard isWanted(field.name) else { continue }
            if let last = ranges.last, last.upperBound == field.whole.lowerBound {
                ranges[ranges.count - 1] = last.lowerBound..<field.whole.upperBound
            } else {
                guard ranges.count < HeaderSelection.mostPieces else { break }
                ranges.append(field.whole)
            }
        }
        var suffix: [UInt8] = [ASCII.cr, ASCII.lf]
        if let last = ranges.last, view[last.upperBound - 1] != ASCII.lf { suffix += suffix }
        return SectionContent(ranges: ranges, suffix: suffix)
    }
}
