import LMDB
import Testing

/// Walks in environments where the kernel does not read ahead: they meet the same rows.
@Suite struct ReadAheadTests {
    private static let count: UInt32 = 20_000

    private func filled(mapSizeBytes: Int) throws -> TemporaryEnvironment {
        var options = EnvironmentOptions(mapSizeBytes: mapSizeBytes)
        options.readsAhead = false
        let store = try TemporaryEnvironment(options: options)
        try store.environment.write { transaction in
            for number in 0..<Self.count {
                let value = [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: 400)
                try transaction.put(store.database, number, value)
            }
        }
        return store
    }

    /// The smaller map ends within a region that is asked for.
    @Test(arguments: [1 << 30, 13 << 20])
    func longWalksBothWays(_ mapSizeBytes: Int) throws {
        let store = try filled(mapSizeBytes: mapSizeBytes)
        let transaction = try store.environment.beginRead()
        for reversed in [false, true] {
            var scan = try transaction.scan(store.database, reversed: reversed)
            var met: UInt32 = 0
            while let entry = try scan.next() {
                let number = reversed ? Self.count - 1 - met : met
                #expect(entry.value.first == UInt8(truncatingIfNeeded: number))
                met += 1
            }
            #expect(met == Self.count)
        }
    }

    @Test func aFinderFindsAllInTheirOrder() throws {
        let store = try filled(mapSizeBytes: 1 << 30)
        let transaction = try store.environment.beginRead()
        var finder = try transaction.finder(store.database)
        for number in 0..<Self.count {
            #expect(try finder.find(number)?.first == UInt8(truncatingIfNeeded: number))
        }
        #expect(try finder.find(Self.count) == nil)
        #expect(try finder.find(7 as UInt32)?.first == 7)
    }
}
