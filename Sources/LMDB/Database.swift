import CLMDB

/// A named table of an environment: bytes to bytes, sorted by key, one value a key.
///
/// A handle is a number; it is valid for as long as its environment is open.
public struct Database: Hashable, Sendable {
    public let name: String
    @usableFromInline let handle: MDB_dbi

    init(name: String, handle: MDB_dbi) {
        self.name = name
        self.handle = handle
    }
}

/// A key with its value, both pointing into the map: valid for as long as the transaction, and in
/// a write transaction only until its next write.
public struct Entry {
    public let key: UnsafeRawBufferPointer
    public let value: UnsafeRawBufferPointer

    @usableFromInline
    init(_ key: MDB_val, _ value: MDB_val) {
        self.key = UnsafeRawBufferPointer(start: key.mv_data, count: key.mv_size)
        self.value = UnsafeRawBufferPointer(start: value.mv_data, count: value.mv_size)
    }
}
