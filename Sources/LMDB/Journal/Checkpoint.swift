/// A state of the environment that is wholly on the disk, and where the journal goes on from there.
///
/// The environment as of any later commit is this state with the journal's records from `offset` on
/// done again. No page that it needs is written to while it holds: `Checkpoints` sees to that.
struct Checkpoint: Equatable {
    /// Counts the checkpoints of an environment.
    var sequence: UInt64
    /// The journal's records of other generations are void.
    var generation: UInt64
    /// Where in the journal the record of the next transaction is, or, when there was no room for it
    /// there, at the journal's start instead. Only a hint in one that a tool made: it does not know how
    /// far the journal's owner has got.
    var offset: UInt64
    /// The state.
    var meta: MetaPage

    var transaction: UInt64 { meta.transaction }
}

extension Checkpoint {
    static let sizeBytes = 8 * 4 + MetaPage.sizeBytes + 8
    private static let magic = UInt64(bigEndian: 0x4853_434B_5054_3031)  // "HSCKPT01"

    /// Magic, sequence, generation, offset, meta page, checksum of all before it; little-endian.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.sizeBytes)
        for number in [Self.magic, sequence, generation, offset] { bytes.append(number) }
        bytes += meta.bytes
        bytes.append(bytes.withUnsafeBytes { checksum($0) })
        return bytes
    }

    /// - Returns: nil when the bytes are no whole checkpoint.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.sizeBytes else { return nil }
        let end = Self.sizeBytes - 8
        func number(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        guard number(0) == Self.magic,
            number(end) == checksum(UnsafeRawBufferPointer(rebasing: bytes[..<end])),
            let meta = MetaPage([UInt8](bytes[32..<end]))
        else { return nil }
        self.init(
            sequence: number(8), generation: number(16), offset: number(24), meta: meta)
    }
}

extension [UInt8] {
    /// Little-endian.
    mutating func append(_ number: some FixedWidthInteger) {
        Swift.withUnsafeBytes(of: number.littleEndian) { append(contentsOf: $0) }
    }
}
