public import Glibc

/// The keys a scan visits, as bytes.
@usableFromInline
struct KeyRange: Sendable {
    @usableFromInline var lower: [UInt8] = []
    @usableFromInline var upper = Upper.none

    @usableFromInline
    enum Upper: Sendable {
        case none
        case through([UInt8])
        case before([UInt8])
    }

    static let all = KeyRange()

    /// The keys that begin with `prefix`.
    static func beginning(with prefix: [UInt8]) -> KeyRange {
        KeyRange(lower: prefix, upper: successor(of: prefix).map { .before($0) } ?? .none)
    }

    /// The least key greater than every key with this prefix; nil when there is none.
    private static func successor(of prefix: [UInt8]) -> [UInt8]? {
        guard let place = prefix.lastIndex(where: { $0 != 0xFF }) else { return nil }
        var next = Array(prefix[...place])
        next[place] += 1
        return next
    }

    @inlinable @inline(__always)
    func isAboveLower(_ key: UnsafeRawBufferPointer) -> Bool {
        lower.isEmpty || Self.compare(key, lower) >= 0
    }

    @inlinable @inline(__always)
    func isBelowUpper(_ key: UnsafeRawBufferPointer) -> Bool {
        switch upper {
        case .none: true
        case .through(let bound): Self.compare(key, bound) <= 0
        case .before(let bound): Self.compare(key, bound) < 0
        }
    }

    /// LMDB's own order: byte by byte, the shorter first.
    @inlinable @inline(__always)
    static func compare(_ key: UnsafeRawBufferPointer, _ bound: [UInt8]) -> Int {
        bound.withUnsafeBytes { bound in
            let common = min(key.count, bound.count)
            guard common > 0, let left = key.baseAddress, let right = bound.baseAddress else {
                return key.count - bound.count
            }
            let order = memcmp(left, right, common)
            return order == 0 ? key.count - bound.count : Int(order)
        }
    }
}
