import MailModel
import MailboxStore
import Testing

@Suite struct SequenceMapTests {
    /// Maps that show the same messages, in one storage, in two, or with a tail.
    static let forms: [(name: String, map: SequenceMap)] = [
        ("shared", SequenceMap(ascending: [2, 3, 4, 8, 10, 11, 12, 13, 99])),
        (
            "tail",
            SequenceMap(ascending: [2, 3, 4, 8]).appending(UIDSet([10...13, 99...99]))
        ),
        ("all tail", SequenceMap().appending(UIDSet([2...4, 8...8, 10...13, 99...99]))),
        (
            "copied",
            SequenceMap(ascending: [1, 2, 3, 4, 6, 8, 9]).removing(
                UIDSet([1...1, 5...7, 9...9]), appending: UIDSet([10...13, 99...99]))
        ),
        (
            "copied from a tail",
            SequenceMap(ascending: [1, 2, 3]).appending(UIDSet([4...4, 6...9]))
                .removing(UIDSet([1...1, 6...7, 9...9]), appending: UIDSet([10...13, 99...99]))
        ),
    ]

    @Test(arguments: forms.indices)
    func numbersAndUIDsFindEachOther(form: Int) {
        let map = Self.forms[form].map
        map.checkInvariants()
        #expect(map.count == 9)
        #expect(map.largestUID == 99)
        for (place, uid) in [2, 3, 4, 8, 10, 11, 12, 13, 99].enumerated() {
            #expect(map.uid(at: place + 1) == UInt32(uid))
            #expect(map.sequenceNumber(of: UInt32(uid)) == place + 1)
        }
        #expect(map.uid(at: 0) == nil)
        #expect(map.uid(at: 10) == nil)
        #expect(map.uid(at: -1) == nil)
        for absent: UInt32 in [0, 1, 5, 7, 9, 14, 98, 100, .max] {
            #expect(map.sequenceNumber(of: absent) == nil)
            #expect(!map.contains(absent))
        }
    }

    /// Sequence numbers asked for, UIDs got.
    static let numbers: [([ClosedRange<UInt32>], String)] = [
        ([1...1], "2"), ([1...9], "2:4,8,10:13,99"), ([1...4_294_967_295], "2:4,8,10:13,99"),
        ([2...5], "3:4,8,10"), ([9...20], "99"), ([10...4_294_967_295], ""), ([0...1], "2"),
        ([1...2, 6...7], "2:3,11:12"), ([], ""),
    ]

    @Test(arguments: numbers, forms.indices)
    func sequenceSetsGiveUIDsOfWhatIsThere(row: ([ClosedRange<UInt32>], String), form: Int) {
        let map = Self.forms[form].map
        #expect(map.uids(inSequence: NumberSet(row.0)).description == row.1)
    }

    /// UIDs asked for, UIDs and sequence numbers got.
    static let uids: [([ClosedRange<UInt32>], String, String)] = [
        ([1...4_294_967_295], "2:4,8,10:13,99", "1:9"), ([1...1], "", ""), ([5...7], "", ""),
        ([3...10], "3:4,8,10", "2:5"), ([99...99], "99", "9"), ([100...4_294_967_295], "", ""),
        ([2...2, 4...4, 9...12], "2,4,10:12", "1,3,5:7"), ([0...0], "", ""), ([], "", ""),
    ]

    @Test(arguments: uids, forms.indices)
    func uidSetsGiveWhatIsThere(row: ([ClosedRange<UInt32>], String, String), form: Int) {
        let map = Self.forms[form].map
        let set = UIDSet(row.0)
        #expect(map.uids(in: set).description == row.1)
        #expect(map.sequenceNumbers(of: set).description == row.2)
        #expect(map.count(in: set) == map.uids(in: set).count)
        #expect(map.containsAny(of: set) == !row.1.isEmpty)
    }

    @Test func emptyMapHasNothing() {
        let map = SequenceMap()
        map.checkInvariants()
        #expect(map.isEmpty && map.largestUID == nil && map.uid(at: 1) == nil)
        #expect(map.uids(inSequence: NumberSet(1...UInt32.max)).isEmpty)
        #expect(map.sequenceNumbers(of: UIDSet(1...UInt32.max)).isEmpty)
        #expect(map.removing(UIDSet(1...5), appending: UIDSet(6...7)).count == 2)
    }

    @Test func theLastUIDIsAMessageLikeAnyOther() {
        let map = SequenceMap(ascending: [1, UInt32.max])
        #expect(map.sequenceNumber(of: .max) == 2)
        #expect(map.uids(in: UIDSet(2...UInt32.max)).description == "4294967295")
        #expect(map.removing(UIDSet(1...1), appending: UIDSet()).uid(at: 1) == .max)
    }

    @Test func aRunOfAMillionIsOneRange() {
        let map = SequenceMap(ascending: Array(5...1_000_004))
        #expect(map.uids(inSequence: NumberSet(1...UInt32.max)) == UIDSet(5...1_000_004))
        #expect(map.uids(in: UIDSet([1...400_000, 500_000...UInt32.max])).ranges.count == 2)
    }

    /// Sequence numbers before anything is told, and the EXPUNGE responses.
    static let expunges: [([ClosedRange<UInt32>], [UInt32])] = [
        ([], []), ([1...1], [1]), ([4...7], [4, 4, 4, 4]), ([1...2, 5...5], [1, 1, 3]),
        ([1...1, 3...3, 5...5, 7...7], [1, 2, 3, 4]), ([5...9], [5, 5, 5, 5, 5]),
    ]

    @Test(arguments: expunges)
    func expungesAreNumberedAsOfTheirMoment(row: ([ClosedRange<UInt32>], [UInt32])) {
        let numbers = ExpungedSequenceNumbers(NumberSet(row.0))
        #expect(Array(numbers) == row.1)
        #expect(numbers.count == row.1.count)
    }
}
