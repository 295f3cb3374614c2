import LMDB
import Testing

@Suite struct ScanTests {
    private let store: TemporaryEnvironment

    init() throws {
        store = try TemporaryEnvironment()
        // Keys of two bytes (1,0) (1,2) (1,255) (2,0) (2,1) (255,255)
        try store.put([[2, 1], [1, 255], [1, 0], [255, 255], [2, 0], [1, 2]] as [[UInt8]])
    }

    private func found(
        _ make: (borrowing ReadTransaction) throws(LMDBError) -> Scan
    ) throws -> [[UInt8]] {
        let transaction = try store.environment.beginRead()
        return try keys(make(transaction))
    }

    @Test func everythingInKeyOrder() throws {
        let all = try found { transaction throws(LMDBError) in
            try transaction.scan(store.database)
        }
        #expect(all == [[1, 0], [1, 2], [1, 255], [2, 0], [2, 1], [255, 255]])
    }

    @Test func everythingBackwards() throws {
        let all = try found { transaction throws(LMDBError) in
            try transaction.scan(store.database, reversed: true)
        }
        #expect(all == [[255, 255], [2, 1], [2, 0], [1, 255], [1, 2], [1, 0]])
    }

    private static let prefixes: [(UInt8, [[UInt8]])] = [
        (1, [[1, 0], [1, 2], [1, 255]]),
        (2, [[2, 0], [2, 1]]),
        (3, []),
        (0, []),
        (255, [[255, 255]]),
    ]

    @Test(arguments: prefixes)
    func aPrefixBothWays(prefix: UInt8, expected: [[UInt8]]) throws {
        let forwards = try found { transaction throws(LMDBError) in
            try transaction.scan(store.database, prefix: prefix)
        }
        let backwards = try found { transaction throws(LMDBError) in
            try transaction.scan(store.database, prefix: prefix, reversed: true)
        }
        #expect(forwards == expected)
        #expect(backwards == expected.reversed())
    }

    private static let ranges: [([UInt8], [UInt8], [[UInt8]])] = [
        ([1, 2], [2, 0], [[1, 2], [1, 255], [2, 0]]),
        ([1, 1], [1, 254], [[1, 2]]),
        ([2, 2], [255, 254], []),
        ([2, 1], [1, 2], []),
        ([0], [255, 255, 255], [[1, 0], [1, 2], [1, 255], [2, 0], [2, 1], [255, 255]]),
    ]

    @Test(arguments: ranges)
    func aRangeBothWays(lower: [UInt8], upper: [UInt8], expected: [[UInt8]]) throws {
        let forwards = try found { transaction throws(LMDBError) in
            try transaction.scan(store.database, from: lower, through: upper)
        }
        let backwards = try found { transaction throws(LMDBError) in
            try transaction.scan(store.database, from: lower, through: upper, reversed: true)
        }
        #expect(forwards == expected)
        #expect(backwards == expected.reversed())
    }

    @Test func halfOpenRanges() throws {
        let from = try found { transaction throws(LMDBError) in
            try transaction.scan(store.database, from: [2] as [UInt8])
        }
        let through = try found { transaction throws(LMDBError) in
            try transaction.scan(store.database, through: [1, 2] as [UInt8], reversed: true)
        }
        #expect(from == [[2, 0], [2, 1], [255, 255]])
        #expect(through == [[1, 2], [1, 0]])
    }

    @Test func theEndsOfADatabase() throws {
        let transaction = try store.environment.beginRead()
        #expect(try transaction.first(store.database).map { [UInt8]($0.key) } == [1, 0])
        #expect(try transaction.last(store.database).map { [UInt8]($0.key) } == [255, 255])
        #expect(try transaction.count(store.database) == 6)
    }

    @Test func aScanEndsOnceAndStaysAtItsEnd() throws {
        let transaction = try store.environment.beginRead()
        var scan = try transaction.scan(store.database, prefix: 2 as UInt8)
        while try scan.next() != nil {}
        #expect(try scan.next() == nil)
    }

    @Test func entriesMayBeDeletedWhileScanning() throws {
        let transaction = try store.environment.beginWrite()
        var scan = try transaction.scan(store.database)
        var visited: [[UInt8]] = []
        while let entry = try scan.next() {
            let key = [UInt8](entry.key)
            visited.append(key)
            if key[0] == 1 { try transaction.delete(store.database, key) }
        }
        #expect(visited.count == 6)
        try transaction.commit()
        // The scan goes after its transaction here, and must not free the cursor again.
        let left = try store.environment.read { try $0.count(store.database) }
        #expect(left == 3)
    }

    @Test func manyEntriesWithOnePrefixAreDeletedTogether() throws {
        try store.environment.write { transaction in
            for number in 0..<2_000 as Range<UInt64> {
                try transaction.put(store.database, KeyTuple(9 as UInt8, number), [0, 0, 0])
            }
        }
        let deleted = try store.environment.write { transaction in
            try transaction.deleteAll(store.database, prefix: 9 as UInt8)
        }
        #expect(deleted == 2_000)
        #expect(try store.environment.read { try $0.count(store.database) } == 6)
    }

    @Test func valuesAreReplacedInTheirPlace() throws {
        let transaction = try store.environment.beginWrite()
        try replaceAll(in: transaction)
        try transaction.commit()
        let reading = try store.environment.beginRead()
        var scan = try reading.scan(store.database)
        var values: [[UInt8]] = []
        while let entry = try scan.next() { values.append([UInt8](entry.value)) }
        #expect(values.count == 6)
        #expect(values.allSatisfy { !$0.isEmpty && $0.allSatisfy { $0 == 0xEE } })
    }

    private func replaceAll(in transaction: borrowing WriteTransaction) throws {
        var scan = try transaction.scan(store.database)
        while let entry = try scan.next() {
            let room = try scan.replace(entry)
            for index in room.indices { room[index] = 0xEE }
        }
    }

    @Test func aFinderFindsInAnyOrder() throws {
        let transaction = try store.environment.beginRead()
        var finder = try transaction.finder(store.database)
        let wanted: [([UInt8], Bool)] = [
            ([1, 0], true), ([1, 2], true), ([1, 255], true), ([2, 1], true), ([1, 1], false),
            ([2, 0], true), ([255, 255], true), ([255], false), ([3], false), ([1, 0], true),
        ]
        for (key, isThere) in wanted {
            let value = try finder.find(key)
            let expected = try transaction.get(store.database, key)
            #expect((value != nil) == isThere, "\(key)")
            #expect(value.map { [UInt8]($0) } == expected.map { [UInt8]($0) }, "\(key)")
        }
    }
}
