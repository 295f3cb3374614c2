/// A reader of a summary's stored form that copies nothing, for FETCH.
///
/// Valid only as long as the bytes it was made from. The lengths are checked once, at the start.
public struct StoredSummary {
    private let bytes: UnsafeRawBufferPointer
    private let ends: (envelope: Int, body: Int, bodyStructure: Int)

    /// - Returns: nil for bytes that are no stored summary of a version known here.
    public init?(_ bytes: UnsafeRawBufferPointer) {
        let start = MessageSummary.fixedSize
        guard bytes.count >= start, bytes[0] == MessageSummary.version, bytes[1] < 4 else {
            return nil
        }
        self.bytes = bytes
        func length(_ offset: Int) -> Int {
            Int(UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt32.self)))
        }
        let envelope = start + length(16)
        let body = envelope + length(20)
        let bodyStructure = body + length(24)
        guard bodyStructure + length(28) == bytes.count else { return nil }
        ends = (envelope, body, bodyStructure)
    }

    public var envelope: UnsafeRawBufferPointer { slice(MessageSummary.fixedSize, ends.envelope) }
    public var body: UnsafeRawBufferPointer { slice(ends.envelope, ends.body) }
    public var bodyStructure: UnsafeRawBufferPointer { slice(ends.body, ends.bodyStructure) }

    /// The header fields that clients ask for again and again; nil when they were too long to keep.
    public var keptFields: KeptFields? { keptFieldBytes.flatMap { KeptFields($0) } }

    /// The stored form of `keptFields`.
    public var keptFieldBytes: UnsafeRawBufferPointer? {
        guard bytes[1] & MessageSummary.hasKeptFields != 0 else { return nil }
        return slice(ends.bodyStructure, bytes.count)
    }

    public var headerSize: UInt32 {
        UInt32(bigEndian: bytes.loadUnaligned(fromByteOffset: 2, as: UInt32.self))
    }

    public var sentDate: Int64? {
        guard bytes[1] & MessageSummary.hasSentDate != 0 else { return nil }
        return Int64(bigEndian: bytes.loadUnaligned(fromByteOffset: 6, as: Int64.self))
    }

    public var sentDateZoneMinutes: Int16? {
        guard bytes[1] & MessageSummary.hasSentDate != 0 else { return nil }
        return Int16(bigEndian: bytes.loadUnaligned(fromByteOffset: 14, as: Int16.self))
    }

    private func slice(_ start: Int, _ end: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[start..<end])
    }
}
