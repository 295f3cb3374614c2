/// The frame of a journal record: `Schemas/journal.md`.
///
/// Magic u64, generation u64, transaction u64, payload bytes u64, checksum u64 of those before and
/// the payload, little-endian; zeros up to 64 bytes; then the payload, and zeros up to a whole block.
struct JournalHeader: Equatable {
    static let sizeBytes = 64
    /// What direct writes to any disk want.
    static let blockBytes = 4096
    private static let magic = UInt64(bigEndian: 0x4853_4A52_4E4C_3031)  // "HSJRNL01"
    private static let coveredBytes = 32

    let generation: UInt64
    /// The LMDB transaction that the record is of.
    let transaction: UInt64
    let payloadBytes: Int

    /// The whole record's room in the file, in bytes.
    var recordBytes: Int { Self.recordBytes(payload: payloadBytes) }

    static func recordBytes(payload: Int) -> Int {
        (sizeBytes + payload + blockBytes - 1) / blockBytes * blockBytes
    }

    /// Writes the frame in front of the payload that is in `record` already, from `sizeBytes` on.
    func seal(_ record: UnsafeMutableRawBufferPointer) {
        let fields = [Self.magic, generation, transaction, UInt64(payloadBytes)]
        for (index, field) in fields.enumerated() {
            record.storeBytes(of: field.littleEndian, toByteOffset: index * 8, as: UInt64.self)
        }
        let sum = Self.sum(UnsafeRawBufferPointer(record), payloadBytes)
        record.storeBytes(of: sum.littleEndian, toByteOffset: Self.coveredBytes, as: UInt64.self)
    }

    /// Reads the frame of what may be a record.
    ///
    /// - Returns: nil when it is none. The payload is not looked at.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count >= Self.sizeBytes else { return nil }
        func number(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        guard number(0) == Self.magic, let payload = Int(exactly: number(24)),
            payload <= Int.max - 2 * Self.blockBytes
        else { return nil }
        generation = number(8)
        transaction = number(16)
        payloadBytes = payload
    }

    init(generation: UInt64, transaction: UInt64, payloadBytes: Int) {
        self.generation = generation
        self.transaction = transaction
        self.payloadBytes = payloadBytes
    }

    /// Whether the whole record is what was written.
    func matches(_ record: UnsafeRawBufferPointer) -> Bool {
        guard record.count >= Self.sizeBytes + payloadBytes else { return false }
        let stored = record.loadUnaligned(fromByteOffset: Self.coveredBytes, as: UInt64.self)
        return UInt64(littleEndian: stored) == Self.sum(record, payloadBytes)
    }

    /// Of the fields, and of the payload's own checksum: the frame's empty rest is in neither.
    private static func sum(_ record: UnsafeRawBufferPointer, _ payloadBytes: Int) -> UInt64 {
        let payload = UnsafeRawBufferPointer(
            rebasing: record[sizeBytes..<(sizeBytes + payloadBytes)])
        let fields = checksum(UnsafeRawBufferPointer(rebasing: record[..<coveredBytes]))
        return checksum(payload) &+ fields &* 0x9E37_79B9_7F4A_7C15
    }
}

/// One thing that a transaction did.
enum JournalOperation {
    /// From here on in the record, `number` is the database of that name, made if missing.
    case database(number: UInt8, name: String)
    case put(database: UInt8, key: UnsafeRawBufferPointer, value: UnsafeRawBufferPointer)
    case delete(database: UInt8, key: UnsafeRawBufferPointer)
    /// Removes every entry.
    case clear(database: UInt8)
    /// Bytes of a file beside the environment.
    case attachment(UnsafeRawBufferPointer)

    /// Each begins with kind u8, database u8, key bytes u16, value bytes u32, little-endian; the
    /// key and the value follow.
    static let headBytes = 8

    enum Kind: UInt8 {
        case database = 1
        case put = 2
        case delete = 3
        case clear = 4
        case attachment = 5
    }
}

/// Reads the operations of a record's payload, in order.
struct JournalOperations {
    private var rest: UnsafeRawBufferPointer

    init(_ payload: UnsafeRawBufferPointer) { rest = payload }

    var isAtEnd: Bool { rest.isEmpty }

    /// - Returns: nil at the end, and where the bytes are no operation.
    mutating func next() -> JournalOperation? {
        guard rest.count >= JournalOperation.headBytes,
            let kind = JournalOperation.Kind(rawValue: rest[0])
        else { return nil }
        let database = rest[1]
        let keyBytes = Int(
            UInt16(littleEndian: rest.loadUnaligned(fromByteOffset: 2, as: UInt16.self)))
        let valueBytes = Int(
            UInt32(littleEndian: rest.loadUnaligned(fromByteOffset: 4, as: UInt32.self)))
        let end = JournalOperation.headBytes + keyBytes + valueBytes
        guard rest.count >= end else { return nil }
        let key = UnsafeRawBufferPointer(
            rebasing: rest[JournalOperation.headBytes..<(end - valueBytes)])
        let value = UnsafeRawBufferPointer(rebasing: rest[(end - valueBytes)..<end])
        rest = UnsafeRawBufferPointer(rebasing: rest[end...])
        switch kind {
        case .database:
            return .database(number: database, name: String(decoding: key, as: UTF8.self))
        case .put: return .put(database: database, key: key, value: value)
        case .delete: return .delete(database: database, key: key)
        case .clear: return .clear(database: database)
        case .attachment: return .attachment(value)
        }
    }
}
