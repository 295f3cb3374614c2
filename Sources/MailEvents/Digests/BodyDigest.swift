import Crypto

/// The name of a message's content: SHA-256 over the bytes of the message exactly as stored.
///
/// Equal bodies have equal names, so a copy costs no bytes. DESIGN §9.
package struct BodyDigest: Hashable, Comparable, Sendable {
    package let value: DigestBytes

    package init(_ value: DigestBytes) { self.value = value }

    /// - Returns: nil unless there are exactly 32 bytes.
    package init?(bytes: UnsafeRawBufferPointer) {
        guard let value = DigestBytes(bytes) else { return nil }
        self.value = value
    }

    /// - Returns: nil unless there are exactly 32 bytes.
    package init?(bytes: [UInt8]) {
        guard let value = DigestBytes(bytes) else { return nil }
        self.value = value
    }

    /// The digest of a body that is in memory as a whole.
    package init(hashing body: UnsafeRawBufferPointer) {
        var hasher = BodyHasher()
        hasher.update(body)
        self = hasher.finish()
    }

    /// The digest of a body that is in memory as a whole.
    package init(hashing body: [UInt8]) {
        self = body.withUnsafeBytes { BodyDigest(hashing: $0) }
    }

    package var bytes: [UInt8] { value.bytes }

    package func withUnsafeBytes<Result, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try value.withUnsafeBytes(body)
    }

    package static func < (left: BodyDigest, right: BodyDigest) -> Bool { left.value < right.value }
}

extension BodyDigest: CustomStringConvertible {
    /// 64 lower-case hexadecimal digits.
    package var description: String { value.description }
}

/// Makes a body's digest piece by piece, as a literal streams in.
package struct BodyHasher {
    private var hash = SHA256()

    package init() {}

    package mutating func update(_ piece: UnsafeRawBufferPointer) {
        hash.update(bufferPointer: piece)
    }

    /// The digest of all pieces so far; more may follow.
    package func finish() -> BodyDigest { BodyDigest(DigestBytes(hash.finalize())) }
}

extension DigestBytes {
    init(_ digest: SHA256.Digest) {
        // SHA-256 gives 32 bytes, always.
        self = digest.withUnsafeBytes { DigestBytes($0) } ?? DigestBytes()
    }
}
