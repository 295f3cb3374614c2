/// Reads the fields of a key, or of a fixed row, in the order they were written.
///
/// Every read answers nil when the bytes do not suffice: what comes from disk is never trusted.
public struct KeyReader {
    @usableFromInline let bytes: UnsafeRawBufferPointer
    @usableFromInline var offset = 0

    /// - Parameter bytes: must outlive the reader.
    @inlinable
    public init(_ bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    @inlinable
    public mutating func uint8() -> UInt8? { integer(UInt8.self) }

    @inlinable
    public mutating func uint32() -> UInt32? { integer(UInt32.self) }

    @inlinable
    public mutating func uint64() -> UInt64? { integer(UInt64.self) }

    /// The next `count` bytes.
    @inlinable
    public mutating func bytes(_ count: Int) -> UnsafeRawBufferPointer? {
        guard count >= 0, count <= bytes.count - offset else { return nil }
        defer { offset += count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + count])
    }

    /// All that is left.
    @inlinable
    public mutating func rest() -> UnsafeRawBufferPointer {
        defer { offset = bytes.count }
        return UnsafeRawBufferPointer(rebasing: bytes[offset...])
    }

    @inlinable
    public var isAtEnd: Bool { offset == bytes.count }

    @inlinable
    mutating func integer<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        let size = MemoryLayout<Number>.size
        guard size <= bytes.count - offset else { return nil }
        defer { offset += size }
        return Number(bigEndian: bytes.loadUnaligned(fromByteOffset: offset, as: type))
    }
}
