import MailModel

/// Which UID has which sequence number: an immutable value, shared by all views that show the same.
///
/// A stretch of shared storage and a small private tail: 4 bytes a message once for all views, and
/// nothing is copied when messages arrive. Sequence numbers are 1-based: RFC 9051 §2.3.1.2.
package struct SequenceMap: Sendable {
    private let storage: UIDStorage
    /// How much of the storage this map shows.
    private let shared: Int
    /// UIDs above all shared ones, that only this map knows.
    private let tail: [UInt32]

    package init() { self.init(storage: .empty, shared: 0, tail: []) }

    init(storage: UIDStorage, shared: Int, tail: [UInt32] = []) {
        self.storage = storage
        self.shared = shared
        self.tail = tail
    }

    /// A map of its own storage, from UIDs in ascending order.
    package init(ascending uids: some Collection<UInt32>) {
        let storage = UIDStorage.withRoom(forMoreThan: uids.count)
        for uid in uids { storage.append(uid) }
        self.init(storage: storage, shared: storage.filled)
    }

    package var count: Int { shared + tail.count }
    package var isEmpty: Bool { count == 0 }
    package var largestUID: UInt32? { count == 0 ? nil : uid(index: count - 1) }

    /// - Returns: nil when no message has this number.
    package func uid(at sequenceNumber: Int) -> UInt32? {
        guard sequenceNumber >= 1, sequenceNumber <= count else { return nil }
        return uid(index: sequenceNumber - 1)
    }

    /// O(log n).
    package func sequenceNumber(of uid: UInt32) -> Int? {
        let index = firstIndex(notBelow: UInt64(uid))
        return index < count && self.uid(index: index) == uid ? index + 1 : nil
    }

    package func contains(_ uid: UInt32) -> Bool { sequenceNumber(of: uid) != nil }

    /// Whether both read the same memory: for tests of sharing.
    package func sharesStorage(with other: SequenceMap) -> Bool {
        storage === other.storage && tail.isEmpty && other.tail.isEmpty
    }

    @inline(__always)
    private func uid(index: Int) -> UInt32 {
        index < shared ? storage[index] : tail[index - shared]
    }

    /// The 0-based place of the first UID that is at least `uid`; `count` when there is none.
    private func firstIndex(notBelow uid: UInt64) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if UInt64(self.uid(index: middle)) < uid { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// The 0-based places of the UIDs within a range.
    private func indices(of range: ClosedRange<UInt32>) -> Range<Int> {
        let first = firstIndex(notBelow: UInt64(range.lowerBound))
        return first..<max(first, firstIndex(notBelow: UInt64(range.upperBound) + 1))
    }
}

/// Sets: never expanded over numbers that are not there.
extension SequenceMap {
    /// The UIDs of these sequence numbers; numbers that no message has are left out.
    ///
    /// O(log n) for each range and each run of UIDs without a gap.
    package func uids(inSequence numbers: NumberSet) -> UIDSet {
        var result = UIDSet()
        for range in numbers.ranges {
            let upper = min(Int(range.upperBound), count)
            insertRuns(of: max(Int(range.lowerBound), 1) - 1, upTo: upper, into: &result)
        }
        return result
    }

    /// Those of these UIDs that are in the map: `UID FETCH 1:4294967295` costs what it hits.
    package func uids(in set: UIDSet) -> UIDSet {
        var result = UIDSet()
        for range in set.ranges {
            let hits = indices(of: range)
            insertRuns(of: hits.lowerBound, upTo: hits.upperBound, into: &result)
        }
        return result
    }

    /// The sequence numbers of those of these UIDs that are in the map.
    package func sequenceNumbers(of set: UIDSet) -> NumberSet {
        var result = NumberSet()
        for range in set.ranges {
            let hits = indices(of: range)
            guard !hits.isEmpty else { continue }
            result.insertLast(UInt32(hits.lowerBound + 1)...UInt32(hits.upperBound))
        }
        return result
    }

    /// How many of these UIDs are in the map.
    package func count(in set: UIDSet) -> Int {
        set.ranges.reduce(0) { $0 + indices(of: $1).count }
    }

    package func containsAny(of set: UIDSet) -> Bool {
        set.ranges.contains { !indices(of: $0).isEmpty }
    }

    private func insertRuns(of first: Int, upTo end: Int, into result: inout UIDSet) {
        var start = first
        while start < end {
            let next = endOfRun(from: start, upTo: end)
            result.insertLast(uid(index: start)...uid(index: next - 1))
            start = next
        }
    }

    /// Where consecutive UIDs end, found by doubling steps: UIDs ascend, so a stretch has no gap
    /// exactly when its ends are as far apart in value as in place.
    private func endOfRun(from start: Int, upTo end: Int) -> Int {
        let first = Int(uid(index: start))
        var known = start
        var step = 1
        while known + step < end, Int(uid(index: known + step)) - first == known + step - start {
            known += step
            step *= 2
        }
        var low = known + 1
        var high = min(known + step, end)
        while low < high {
            let middle = (low + high) / 2
            let isWithinRun = Int(uid(index: middle)) - first == middle - start
            if isWithinRun { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

/// The next map.
extension SequenceMap {
    /// This map and the arrivals in a private tail; the shared part stays shared.
    ///
    /// - Precondition: all arrivals are above `largestUID`.
    package func appending(_ arrivals: UIDSet) -> SequenceMap {
        guard let first = arrivals.first else { return self }
        precondition(first > largestUID ?? 0, "UIDs ascend")
        return SequenceMap(storage: storage, shared: shared, tail: tail + Array(arrivals))
    }

    /// This map without some UIDs, then the arrivals: one copy.
    ///
    /// - Precondition: all arrivals are above `largestUID`.
    package func removing(_ gone: UIDSet, appending arrivals: UIDSet) -> SequenceMap {
        precondition(arrivals.isEmpty || arrivals.first ?? 0 > largestUID ?? 0, "UIDs ascend")
        let holes = sequenceNumbers(of: gone)
        guard !holes.isEmpty else { return appending(arrivals) }
        let next = UIDStorage.withRoom(forMoreThan: count - holes.count + arrivals.count)
        var start = 0
        for hole in holes.ranges {
            copy(start..<Int(hole.lowerBound) - 1, to: next)
            start = Int(hole.upperBound)
        }
        copy(start..<count, to: next)
        next.append(arrivals)
        return SequenceMap(storage: next, shared: next.filled)
    }

    /// This map and the arrivals, in the same storage when it has room there and no other map has
    /// been extended into it.
    ///
    /// - Precondition: the caller holds the lock of the roster whose newest map this is; all
    ///   arrivals are above `largestUID`.
    func extending(_ arrivals: UIDSet) -> SequenceMap {
        guard let first = arrivals.first else { return self }
        precondition(first > largestUID ?? 0, "UIDs ascend")
        let more = arrivals.count
        if tail.isEmpty, storage.filled == shared, storage.free >= more {
            storage.append(arrivals)
            return SequenceMap(storage: storage, shared: storage.filled)
        }
        let next = UIDStorage.withRoom(forMoreThan: count + more)
        copy(0..<count, to: next)
        next.append(arrivals)
        return SequenceMap(storage: next, shared: next.filled)
    }

    private func copy(_ stretch: Range<Int>, to next: UIDStorage) {
        let inStorage = stretch.clamped(to: 0..<shared)
        if !inStorage.isEmpty { next.append(storage, inStorage) }
        let inTail = stretch.clamped(to: shared..<count)
        if !inTail.isEmpty {
            next.append(tail[(inTail.lowerBound - shared)..<(inTail.upperBound - shared)])
        }
    }
}

extension SequenceMap {
    /// - Precondition: UIDs ascend from 1 without repetition, and each finds its own number.
    package func checkInvariants() {
        precondition(shared <= storage.capacity, "a map shows no more than was published")
        var last: UInt32 = 0
        for index in 0..<count {
            let uid = uid(index: index)
            precondition(uid > last, "UIDs ascend with their sequence numbers")
            last = uid
        }
    }
}
