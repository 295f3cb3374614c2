import LMDB
import MIME
import MailEvents

/// Bodies as the segments hold them: what `apply` asks when the log is folded anew.
struct StoredBodies: BodyFacts {
    private let store: BodyStore
    /// Where each body's bytes are, found by walking the segments.
    private var locations: [BodyDigest: BodyLocation] = [:]
    /// Where `bodies` says they are.
    private let named: [BodyDigest: BodyLocation]

    /// Walks all segments. Of a body that lies in several places the one counts that `bodies`
    /// names, if its bytes are there; else the first.
    init(
        store: BodyStore, known: StoreTables, in transaction: borrowing some Readable & ~Copyable
    ) throws(StoreError) {
        self.store = store
        var found: [BodyDigest: BodyLocation] = [:]
        let named = try StoredBodies.named(known, in: transaction)
        try store.scan(verifyingBytes: false) { finding in
            guard case .body(let digest, let location) = finding else { return }
            if found[digest] == nil || named[digest] == location { found[digest] = location }
        }
        locations = found
        self.named = named
    }

    private static func named(
        _ tables: StoreTables, in transaction: borrowing some Readable & ~Copyable
    ) throws(StoreError) -> [BodyDigest: BodyLocation] {
        do throws(LMDBError) {
            var result: [BodyDigest: BodyLocation] = [:]
            var scan = try transaction.scan(tables.bodies)
            while let entry = try scan.next() {
                guard let digest = BodyDigest(bytes: entry.key), let row = BodyRow(entry.value)
                else { continue }
                result[digest] = row.location
            }
            return result
        } catch {
            throw .storage(error)
        }
    }

    /// A body that no segment holds any more is damage, but not the end of the store: its messages
    /// keep their rows, and reading them fails.
    func newLocation(of digest: BodyDigest) -> BodyLocation? {
        locations[digest] ?? named[digest] ?? BodyLocation(segment: 0, offset: 0, sizeBytes: 0)
    }

    func summary(of digest: BodyDigest, at location: BodyLocation) throws(StoreError) -> [UInt8] {
        // What `bodies` named first may not be where the walk found it.
        guard let found = locations[digest] else {
            return [UInt8]().withUnsafeBytes { MessageSummary(of: $0).encoded() }
        }
        return try store.withBytes(of: found, 0..<found.sizeBytes) { bytes throws(StoreError) in
            MessageSummary(of: bytes).encoded()
        }
    }
}
