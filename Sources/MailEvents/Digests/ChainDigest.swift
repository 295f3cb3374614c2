/// A record's link in the digest chain: SHA-256 over the link before and the record's bytes.
///
/// Whoever knows the last link knows that nothing before it was altered. `Schemas/log.md`.
package struct ChainDigest: Hashable, Sendable {
    package let value: DigestBytes

    /// The link before the first record: 32 zero bytes.
    package static let start = ChainDigest(DigestBytes())

    package init(_ value: DigestBytes) { self.value = value }

    /// - Returns: nil unless there are exactly 32 bytes.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard let value = DigestBytes(bytes) else { return nil }
        self.value = value
    }

    package var bytes: [UInt8] { value.bytes }
}

extension ChainDigest: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package var description: String { value.description }
}
