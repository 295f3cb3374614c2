import Testing

@testable import LMDB

@Suite struct JournalRingTests {
    /// Places records at random and frees the oldest, with the bytes that are taken kept beside.
    @Test func recordsNeverOverlap() {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<50 {
            var ring = JournalRing(capacity: 64)
            var held: [Range<Int>] = []
            for _ in 0..<400 {
                if Int.random(in: 0..<4, using: &random) == 0, !held.isEmpty {
                    let count = Int.random(in: 1...held.count, using: &random)
                    let end = held[count - 1].upperBound
                    held.removeFirst(count)
                    ring.release(to: end)
                    if held.isEmpty { #expect(ring.isEmpty) }
                    continue
                }
                let bytes = Int.random(in: 1...20, using: &random)
                guard let place = ring.place(for: bytes) else { continue }
                let taken = place..<(place + bytes)
                #expect(taken.upperBound <= ring.capacity)
                #expect(!held.contains { $0.overlaps(taken) })
                ring.took(place, bytes: bytes)
                held.append(taken)
                #expect(ring.usedBytes >= held.reduce(0) { $0 + $1.count })
            }
        }
    }

    @Test func aRingThatIsNotWrappedMayGrow() {
        var ring = JournalRing(capacity: 8)
        ring.took(0, bytes: 6)
        #expect(ring.place(for: 4) == nil)
        #expect(ring.capacityNeeded(for: 4) == 10)
        ring.grow(to: 16)
        #expect(ring.place(for: 4) == 6)
    }
}
