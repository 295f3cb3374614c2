/// Goes once over a message's header for what a summary needs of it.
struct SummaryHeaderReader {
    private(set) var envelope = EnvelopeFields()
    /// The fields that are kept, or nil when they are too long.
    private(set) var kept: [UInt8]? = []

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
            keep(field, in: view)
        }
    }

    /// Fields beyond the limits are kept as well: HEADER.FIELDS is exact.
    private mutating func keep(_ field: HeaderField, in view: ByteView) {
        guard let size = kept?.count, CachedHeader.names.contains(field.name, in: view) else {
            return
        }
        // A last line without an end would run into what a client is sent behind it.
        if view[field.whole.upperBound - 1] != ASCII.lf
            || size + field.whole.count > CachedHeader.longest
        {
            kept = nil
        } else {
            kept?.append(contentsOf: view.raw(field.whole))
        }
    }
}
