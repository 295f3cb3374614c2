/// The stored form of a summary, version 2. Numbers are big-endian.
///
/// | offset | bytes | content |
/// |---|---|---|
/// | 0 | 1 | version, 2 |
/// | 1 | 1 | bit 0: there are kept fields; bit 1: there is a sent date; other bits 0 |
/// | 2 | 4 | headerSize |
/// | 6 | 8 | sentDate, two's complement; 0 without bit 1 |
/// | 14 | 2 | sentDateZoneMinutes, two's complement; 0 without bit 1 |
/// | 16 | 4 | e: bytes of the envelope |
/// | 20 | 4 | b: bytes of BODY |
/// | 24 | 4 | s: bytes of BODYSTRUCTURE |
/// | 28 | 4 | h: bytes of the kept fields; 0 without bit 0 |
/// | 32 | e + b + s + h | envelope, BODY, BODYSTRUCTURE, kept fields (`KeptFields`) |
///
/// Nothing follows. A record of any other length, version or flags is refused.
extension MessageSummary {
    static let version: UInt8 = 2
    static let fixedSize = 32
    static let hasKeptFields: UInt8 = 1
    static let hasSentDate: UInt8 = 2

    public func encoded() -> [UInt8] {
        let kept = keptFields ?? []
        var bytes: [UInt8] = []
        bytes.reserveCapacity(
            MessageSummary.fixedSize + envelope.count + body.count + bodyStructure.count
                + kept.count)
        bytes.append(MessageSummary.version)
        bytes.append(
            (keptFields == nil ? 0 : MessageSummary.hasKeptFields)
                | (sentDate == nil ? 0 : MessageSummary.hasSentDate))
        append(headerSize, to: &bytes)
        append(sentDate ?? 0, to: &bytes)
        append(sentDate == nil ? 0 : sentDateZoneMinutes ?? 0, to: &bytes)
        for piece in [envelope, body, bodyStructure, kept] {
            append(UInt32(clamping: piece.count), to: &bytes)
        }
        for piece in [envelope, body, bodyStructure, kept] { bytes.append(contentsOf: piece) }
        return bytes
    }

    private func append(_ value: some FixedWidthInteger, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: value.bigEndian) { bytes.append(contentsOf: $0) }
    }

    /// - Returns: nil for bytes that are no stored summary of a version known here.
    public init?(decoding bytes: UnsafeRawBufferPointer) {
        guard let stored = StoredSummary(bytes) else { return nil }
        envelope = [UInt8](stored.envelope)
        body = [UInt8](stored.body)
        bodyStructure = [UInt8](stored.bodyStructure)
        keptFields = stored.keptFieldBytes.map { [UInt8]($0) }
        headerSize = stored.headerSize
        sentDate = stored.sentDate
        sentDateZoneMinutes = stored.sentDateZoneMinutes
    }
}
