/// A value that can be a key: its bytes sort as the value does.
///
/// Numbers are written big-endian, so that LMDB's comparison of bytes is the order of numbers.
/// A database's own key is a struct that writes its fields one after another.
public protocol KeyCodable {
    func write(to key: inout KeyWriter)
}

extension UInt64: KeyCodable {
    @inlinable
    public func write(to key: inout KeyWriter) { key.append(self) }
}

extension UInt32: KeyCodable {
    @inlinable
    public func write(to key: inout KeyWriter) { key.append(self) }
}

extension UInt8: KeyCodable {
    @inlinable
    public func write(to key: inout KeyWriter) { key.append(self) }
}

extension [UInt8]: KeyCodable {
    @inlinable
    public func write(to key: inout KeyWriter) { withUnsafeBytes { key.append($0) } }
}

extension UnsafeRawBufferPointer: KeyCodable {
    @inlinable
    public func write(to key: inout KeyWriter) { key.append(self) }
}

/// The UTF-8 bytes, without an end mark: not to be followed by another field of the key.
extension String: KeyCodable {
    @inlinable
    public func write(to key: inout KeyWriter) {
        var text = self
        text.withUTF8 { key.append(UnsafeRawBufferPointer($0)) }
    }
}

/// A key of several fields, one after another, for where a struct of its own would say no more.
public struct KeyTuple<each Part: KeyCodable>: KeyCodable {
    @usableFromInline let parts: (repeat each Part)

    @inlinable
    public init(_ parts: repeat each Part) { self.parts = (repeat each parts) }

    @inlinable
    public func write(to key: inout KeyWriter) { repeat (each parts).write(to: &key) }
}
