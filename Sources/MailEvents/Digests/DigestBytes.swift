/// The 32 bytes of a SHA-256 digest, held inline: no allocation, no reference count.
///
/// The meaning of a digest is in the type around it: `BodyDigest`, `ChainDigest`.
package struct DigestBytes: Hashable, Sendable {
    /// The bytes in their order, as they lie in memory.
    private var words: (UInt64, UInt64, UInt64, UInt64)

    package static let count = 32

    /// 32 zero bytes.
    package init() { words = (0, 0, 0, 0) }

    /// - Returns: nil unless there are exactly 32 bytes.
    package init?(_ bytes: UnsafeRawBufferPointer) {
        guard bytes.count == DigestBytes.count else { return nil }
        self.init()
        withUnsafeMutableBytes(of: &words) { $0.copyMemory(from: bytes) }
    }

    /// - Returns: nil unless there are exactly 32 bytes.
    package init?(_ bytes: [UInt8]) {
        guard let digest = bytes.withUnsafeBytes({ DigestBytes($0) }) else { return nil }
        self = digest
    }

    /// - Returns: nil unless there are exactly 64 hexadecimal digits.
    package init?(hexadecimal: String) {
        guard let bytes = [UInt8](hexadecimal: hexadecimal) else { return nil }
        self.init(bytes)
    }

    /// The pointer is valid only within `body`.
    package func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try Swift.withUnsafeBytes(of: words, body)
    }

    package var bytes: [UInt8] { withUnsafeBytes { [UInt8]($0) } }

    package static func == (left: DigestBytes, right: DigestBytes) -> Bool {
        left.words == right.words
    }

    /// Eight bytes of a digest tell digests apart as well as all 32 do.
    package func hash(into hasher: inout Hasher) { hasher.combine(words.0) }
}

extension DigestBytes: Comparable {
    /// Bytewise, which is also the order of the store's keys.
    package static func < (left: DigestBytes, right: DigestBytes) -> Bool {
        left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in left.lexicographicallyPrecedes(right) }
        }
    }
}

extension DigestBytes: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package var description: String { bytes.hexadecimal }
}
