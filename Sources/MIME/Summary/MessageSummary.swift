/// What a store keeps with each message so that FETCH copies bytes instead of parsing: made once at
/// append.
public struct MessageSummary: Sendable, Hashable {
    /// ENVELOPE in its wire form, "(…)".
    public var envelope: [UInt8]
    /// BODY without extension data, in its wire form.
    public var body: [UInt8]
    /// BODYSTRUCTURE with extension data, in its wire form.
    public var bodyStructure: [UInt8]
    /// The fields of `KeptFieldSet.names`, in the stored form of `KeptFields`; nil when they are too
    /// long or too many.
    public var keptFields: [UInt8]?
    /// Bytes of the header through its empty line.
    public var headerSize: UInt32
    /// The Date: field as seconds of UTC since 1970; nil when it is missing or cannot be understood.
    public var sentDate: Int64?
    /// The zone of the Date: field, minutes east of Greenwich: SENTON compares days in that zone.
    public var sentDateZoneMinutes: Int16?

    /// Never fails; see `MessageStructure`.
    public init(of bytes: UnsafeRawBufferPointer, limits: MIMELimits = .standard) {
        self.init(
            of: bytes, structure: MessageStructure(parsing: bytes, limits: limits), limits: limits)
    }

    /// - Parameter structure: that of the same bytes.
    public init(
        of bytes: UnsafeRawBufferPointer, structure: MessageStructure,
        limits: MIMELimits = .standard
    ) {
        let view = ByteView(bytes)
        let header = structure.root.headerRange
        let reader = SummaryHeaderReader(view, header: header, limits: limits)
        var writer = WireWriter()
        EnvelopeWriter(view: view, limits: limits).write(reader.envelope, to: &writer)
        envelope = writer.bytes
        body = MessageSummary.render(structure, view, isExtended: false)
        bodyStructure = MessageSummary.render(structure, view, isExtended: true)
        keptFields = reader.kept.stored
        headerSize = UInt32(clamping: header.count)
        let date = reader.envelope.date.flatMap { MessageDate(view, field: $0) }
        sentDate = date?.secondsSinceEpoch
        sentDateZoneMinutes = date?.zoneMinutes
    }

    private static func render(
        _ structure: MessageStructure, _ view: ByteView, isExtended: Bool
    ) -> [UInt8] {
        var writer = WireWriter()
        writer.reserve(isExtended ? 512 : 256)
        BodyStructureWriter(view: view, structure: structure, isExtended: isExtended)
            .write(0, to: &writer)
        guard writer.bytes.count > structure.limits.bodyStructureBytes else { return writer.bytes }
        return plain(structure.root, isExtended: isExtended)
    }

    /// What a message is shown as whose structure is too large to show.
    private static func plain(_ root: Part, isExtended: Bool) -> [UInt8] {
        var writer = WireWriter()
        writer.text("(\"TEXT\" \"PLAIN\" (\"CHARSET\" \"US-ASCII\") NIL NIL \"7BIT\" ")
        writer.number(root.bodyRange.count)
        writer.space()
        writer.number(root.lines)
        if isExtended { writer.text(" NIL NIL NIL NIL") }
        writer.text(")")
        return writer.bytes
    }
}
