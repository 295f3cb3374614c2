import MailModel

/// UIDs in ascending order, 4 bytes each, that many views read at once.
///
/// Append-only: what a published count covers never changes again, so readers need no lock. The part
/// behind every published count may be extended by one writer at a time.
///
/// `@unchecked Sendable`: `append` runs before the storage is published, or under the lock of the
/// one `Roster` that owns it; counts reach other threads through that lock.
final class UIDStorage: @unchecked Sendable {
    let capacity: Int
    /// How many places have been given out; no map shows more.
    private(set) var filled = 0
    private let base: UnsafeMutablePointer<UInt32>

    static let empty = UIDStorage(capacity: 0)

    init(capacity: Int) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// The place for `count` UIDs and some that will follow: an eighth more, at least 16.
    static func withRoom(forMoreThan count: Int) -> UIDStorage {
        UIDStorage(capacity: count + max(16, count / 8))
    }

    var free: Int { capacity - filled }

    @inline(__always)
    subscript(index: Int) -> UInt32 {
        assert(index >= 0 && index < capacity)
        return base[index]
    }

    /// - Precondition: there is room for it.
    func append(_ uid: UInt32) {
        precondition(filled < capacity, "UID storage has room for what is appended")
        base[filled] = uid
        filled += 1
    }

    func append(_ set: UIDSet) {
        for range in set.ranges {
            for uid in range { append(uid) }
        }
    }

    /// Copies a stretch of another storage, all of it published: `filled` may be growing just now.
    func append(_ other: UIDStorage, _ stretch: Range<Int>) {
        precondition(stretch.count <= free, "UID storage has room for what is appended")
        precondition(stretch.upperBound <= other.capacity, "only what is there is copied")
        (base + filled).initialize(from: other.base + stretch.lowerBound, count: stretch.count)
        filled += stretch.count
    }

    func append(_ uids: ArraySlice<UInt32>) {
        for uid in uids { append(uid) }
    }
}
