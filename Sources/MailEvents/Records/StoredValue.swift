/// A log's value for one event: 32 bytes of digest, then the record's bytes. `Schemas/log.md`.
///
/// It borrows the bytes that it was made of, and is valid only as long as they are.
package struct StoredValue {
    package let digest: ChainDigest
    /// The bytes that the digest covers together with the link before.
    package let record: UnsafeRawBufferPointer

    /// - Returns: nil when there are fewer than 33 bytes.
    package init?(_ value: UnsafeRawBufferPointer) {
        guard value.count > DigestBytes.count,
            let digest = ChainDigest(
                bytes: UnsafeRawBufferPointer(rebasing: value[..<DigestBytes.count]))
        else { return nil }
        self.digest = digest
        record = UnsafeRawBufferPointer(rebasing: value[DigestBytes.count...])
    }

    /// Whether this is the record that follows the one with the digest `previous`, unaltered.
    package func follows(_ previous: ChainDigest) -> Bool {
        HashChain.next(after: previous, record: record) == digest
    }

    /// The value to store.
    package static func bytes(digest: ChainDigest, record: [UInt8]) -> [UInt8] {
        digest.bytes + record
    }
}
