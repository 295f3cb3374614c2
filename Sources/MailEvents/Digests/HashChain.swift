import Crypto

/// The rule by which records are chained: `digest(n) = SHA-256(digest(n−1) ‖ record(n))`.
///
/// `Schemas/log.md`, "The digest chain".
package enum HashChain {
    /// The link of the record that follows `previous`.
    package static func next(
        after previous: ChainDigest, record: UnsafeRawBufferPointer
    ) -> ChainDigest {
        var hash = SHA256()
        previous.value.withUnsafeBytes { hash.update(bufferPointer: $0) }
        hash.update(bufferPointer: record)
        return ChainDigest(DigestBytes(hash.finalize()))
    }

    package static func next(after previous: ChainDigest, record: [UInt8]) -> ChainDigest {
        record.withUnsafeBytes { next(after: previous, record: $0) }
    }
}
