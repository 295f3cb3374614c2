import CLMDB

/// Writes a key's bytes into a buffer on the stack.
///
/// What goes beyond LMDB's limit is not written but remembered: the operation that wanted the key
/// then fails with `LMDBError.Kind.badSize`.
public struct KeyWriter {
    /// LMDB's limit for a key, in bytes.
    public static let maximumBytes = 511

    @usableFromInline let base: UnsafeMutableRawPointer
    @usableFromInline var count = 0
    @usableFromInline var isTooLong = false

    @usableFromInline
    init(base: UnsafeMutableRawPointer) { self.base = base }

    @inlinable
    public mutating func append(_ byte: UInt8) { appendInteger(byte) }

    @inlinable
    public mutating func append(_ number: UInt32) { appendInteger(number) }

    @inlinable
    public mutating func append(_ number: UInt64) { appendInteger(number) }

    @inlinable
    public mutating func append(_ bytes: UnsafeRawBufferPointer) {
        guard let place = room(for: bytes.count), let source = bytes.baseAddress else { return }
        place.copyMemory(from: source, byteCount: bytes.count)
    }

    @inlinable
    mutating func appendInteger<Number: FixedWidthInteger>(_ number: Number) {
        guard let place = room(for: MemoryLayout<Number>.size) else { return }
        place.storeBytes(of: number.bigEndian, as: Number.self)
    }

    @inlinable
    mutating func room(for bytes: Int) -> UnsafeMutableRawPointer? {
        guard bytes <= Self.maximumBytes - count else {
            isTooLong = true
            return nil
        }
        defer { count += bytes }
        return base + count
    }
}

extension KeyCodable {
    /// Calls `body` with the key's bytes as LMDB wants them; MDB_BAD_VALSIZE when they are too many.
    @inlinable
    func withKey(_ body: (inout MDB_val) -> Int32) -> Int32 {
        withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { buffer in
            guard let base = buffer.baseAddress else { return MDB_BAD_VALSIZE }
            var writer = KeyWriter(base: base)
            write(to: &writer)
            guard !writer.isTooLong else { return MDB_BAD_VALSIZE }
            var key = MDB_val(mv_size: writer.count, mv_data: base)
            return body(&key)
        }
    }

    /// The key's bytes, cut at LMDB's limit.
    public var keyBytes: [UInt8] {
        var bytes: [UInt8] = []
        _ = withKey { key in
            bytes = [UInt8](UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size))
            return 0
        }
        return bytes
    }
}
