/// Goes once over a message's header for what a summary needs of it.
struct SummaryHeaderReader {
    private(set) var envelope = EnvelopeFields()
    private(set) var kept = KeptFieldsWriter()

    init(_ view: ByteView, header: Range<Int>, limits: MIMELimits) {
        var fields = HeaderFields(view, header)
        var count = 0
        while let field = fields.next() {
            count += 1
            if count <= limits.fieldsPerPart,
                field.whole.upperBound - header.lowerBound <= limits.headerBytesPerPart
            {
                envelope.note(field, in: view)
            }
            // Fields beyond the limits are kept as well: HEADER.FIELDS is exact.
            kept.take(field, in: view)
        }
    }
}
