import CLMDB

/// What one write transaction has done so far, as the payload of a journal record.
///
/// Used by the transaction's thread only. The memory is kept for the next transaction.
@usableFromInline
final class ChangeRecorder {
    /// Aligned, for direct writes; the first bytes are the frame's.
    private var memory: UnsafeMutableRawBufferPointer
    private var end = JournalHeader.sizeBytes
    /// Databases that were named in this record, bit by number.
    private var named: UInt64 = 0
    /// A value that its owner fills in after it was recorded.
    private var promised: (place: Int, source: UnsafeRawBufferPointer)?
    private let limitBytes: Int

    /// Something was written.
    private(set) var hasChanges = false
    /// More was written than the journal takes: the record is not complete.
    private(set) var isTooLarge = false
    /// How many operations: a measure of the pages that the commit writes.
    private(set) var operations = 0

    private static let keptBytes = 1 << 20

    /// - Parameter limitBytes: of a record; 0 when nothing is to be recorded but that there was
    ///   something.
    init(limitBytes: Int) {
        self.limitBytes = limitBytes
        memory = Self.allocate(limitBytes == 0 ? 0 : 64 << 10)
    }

    deinit { memory.deallocate() }

    private static func allocate(_ bytes: Int) -> UnsafeMutableRawBufferPointer {
        .allocate(byteCount: bytes, alignment: JournalHeader.blockBytes)
    }

    /// Begins anew.
    func reset() {
        end = JournalHeader.sizeBytes
        named = 0
        promised = nil
        hasChanges = false
        isTooLarge = false
        operations = 0
        guard memory.count > Self.keptBytes else { return }
        memory.deallocate()
        memory = Self.allocate(64 << 10)
    }

    var payloadBytes: Int { end - JournalHeader.sizeBytes }

    /// The record, framed and padded; valid until the next change.
    func sealed(_ header: JournalHeader) -> UnsafeRawBufferPointer {
        settle()
        let size = header.recordBytes
        makeRoom(size - end)
        memory[end..<size].initializeMemory(as: UInt8.self, repeating: 0)
        memory[..<JournalHeader.sizeBytes].initializeMemory(as: UInt8.self, repeating: 0)
        header.seal(UnsafeMutableRawBufferPointer(rebasing: memory[..<size]))
        return UnsafeRawBufferPointer(rebasing: memory[..<size])
    }
}

extension ChangeRecorder {
    /// Fetches the value that was promised. To be called before LMDB is asked to change anything:
    /// that may move it.
    @usableFromInline
    func settle() {
        guard let promise = promised else { return }
        promised = nil
        memory[promise.place..<(promise.place + promise.source.count)]
            .copyBytes(from: promise.source)
    }

    @usableFromInline
    func put(_ database: Database, _ key: MDB_val, _ value: MDB_val) {
        guard let place = begin(.put, database, key, valueBytes: value.mv_size) else { return }
        guard let source = value.mv_data else { return }
        memory[place...].copyBytes(
            from: UnsafeRawBufferPointer(start: source, count: value.mv_size))
    }

    /// Records a value that is at `value` once its owner has written it, before the next change.
    @usableFromInline
    func putPromised(_ database: Database, _ key: MDB_val, _ value: MDB_val) {
        guard let place = begin(.put, database, key, valueBytes: value.mv_size),
            let source = value.mv_data
        else { return }
        promised = (place, UnsafeRawBufferPointer(start: source, count: value.mv_size))
    }

    @usableFromInline
    func delete(_ database: Database, _ key: MDB_val) {
        _ = begin(.delete, database, key, valueBytes: 0)
    }

    func clear(_ database: Database) { _ = begin(.clear, database, MDB_val(), valueBytes: 0) }

    /// A database was made.
    func made(_ database: Database) {
        hasChanges = true
        name(database)
    }

    func attach(_ parts: [UnsafeRawBufferPointer]) {
        let bytes = parts.reduce(0) { $0 + $1.count }
        guard var place = begin(.attachment, nil, MDB_val(), valueBytes: bytes) else { return }
        for part in parts {
            memory[place...].copyBytes(from: part)
            place += part.count
        }
    }

    /// - Returns: where the value belongs; nil when nothing is recorded.
    private func begin(
        _ kind: JournalOperation.Kind, _ database: Database?, _ key: MDB_val, valueBytes: Int
    ) -> Int? {
        hasChanges = true
        operations += 1
        if let database { name(database) }
        let bytes = JournalOperation.headBytes + key.mv_size + valueBytes
        guard takeRoom(bytes) else { return nil }
        writeHead(kind, UInt8(truncatingIfNeeded: database?.handle ?? 0), key, valueBytes)
        return end - valueBytes
    }

    private func name(_ database: Database) {
        let bit = UInt64(1) << UInt64(database.handle & 63)
        guard named & bit == 0 else { return }
        named |= bit
        var name = database.name
        name.withUTF8 { utf8 in
            guard takeRoom(JournalOperation.headBytes + utf8.count) else { return }
            let key = MDB_val(
                mv_size: utf8.count, mv_data: UnsafeMutableRawPointer(mutating: utf8.baseAddress))
            writeHead(.database, UInt8(truncatingIfNeeded: database.handle), key, 0)
        }
    }

    /// Writes the head and the key into room that was taken already.
    private func writeHead(
        _ kind: JournalOperation.Kind, _ database: UInt8, _ key: MDB_val, _ valueBytes: Int
    ) {
        let start = end - JournalOperation.headBytes - key.mv_size - valueBytes
        memory[start] = kind.rawValue
        memory[start + 1] = database
        memory.storeBytes(
            of: UInt16(key.mv_size).littleEndian, toByteOffset: start + 2, as: UInt16.self)
        memory.storeBytes(
            of: UInt32(valueBytes).littleEndian, toByteOffset: start + 4, as: UInt32.self)
        guard let source = key.mv_data else { return }
        memory[(start + JournalOperation.headBytes)...].copyBytes(
            from: UnsafeRawBufferPointer(start: source, count: key.mv_size))
    }

    /// Takes the next bytes of the payload.
    private func takeRoom(_ bytes: Int) -> Bool {
        guard !isTooLarge, end + bytes <= limitBytes else {
            isTooLarge = true
            return false
        }
        makeRoom(bytes)
        end += bytes
        return true
    }

    private func makeRoom(_ bytes: Int) {
        // The padding of the last block must fit as well.
        let needed = end + bytes + JournalHeader.blockBytes
        guard needed > memory.count else { return }
        let larger = Self.allocate(max(needed, 2 * memory.count))
        larger.copyMemory(from: UnsafeRawBufferPointer(rebasing: memory[..<end]))
        memory.deallocate()
        memory = larger
    }
}
