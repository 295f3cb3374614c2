import LMDB
import Testing

@Suite struct TransactionTests {
    private struct Refused: Error {}

    private let store: TemporaryEnvironment

    init() throws { store = try TemporaryEnvironment() }

    private func value(of key: UInt64) throws -> [UInt8]? {
        let transaction = try store.environment.beginRead()
        return try transaction.get(store.database, key).map { [UInt8]($0) }
    }

    @Test func whatIsCommittedIsSeenByLaterReaders() throws {
        try store.put([1 as UInt64], value: [4, 2])
        #expect(try value(of: 1) == [4, 2])
        #expect(try value(of: 2) == nil)
    }

    @Test func aThrowUndoesTheWholeTransaction() throws {
        #expect(throws: Refused.self) {
            try store.environment.write { transaction in
                try transaction.put(store.database, 1 as UInt64, [1])
                throw Refused()
            }
        }
        #expect(try value(of: 1) == nil)
    }

    @Test func leavingWithoutCommitUndoesToo() throws {
        do {
            let transaction = try store.environment.beginWrite()
            try transaction.put(store.database, 1 as UInt64, [1])
        }
        #expect(try value(of: 1) == nil)
        try store.put([1 as UInt64])
        #expect(try value(of: 1) == [1])
    }

    @Test func aReaderKeepsItsView() throws {
        try store.put([1 as UInt64])
        let reader = try store.environment.beginRead()
        try store.put([2 as UInt64])
        #expect(try reader.count(store.database) == 1)
        #expect(try store.environment.read { try $0.count(store.database) } == 2)
    }

    @Test func readersMayBeOpenTogetherAndAreReused() throws {
        try store.put([1 as UInt64])
        for _ in 0..<100 {
            let one = try store.environment.beginRead()
            let two = try store.environment.beginRead()
            #expect(try one.count(store.database) == 1)
            #expect(try two.count(store.database) == 1)
        }
        #expect(try store.environment.size().readerSlots == 2)
    }

    @Test func emptyValuesAreValues() throws {
        try store.put([1 as UInt64], value: [])
        #expect(try value(of: 1) == [])
    }

    @Test func valuesAreWrittenInPlace() throws {
        try store.environment.write { transaction in
            let place = try transaction.reserve(store.database, 5 as UInt64, sizeBytes: 3)
            place.copyBytes(from: [7, 8, 9])
        }
        #expect(try value(of: 5) == [7, 8, 9])
    }

    @Test func insertingKeepsWhatIsThere() throws {
        try store.put([1 as UInt64], value: [1])
        let inserted = try store.environment.write { transaction in
            try [2 as UInt8].withUnsafeBytes {
                try transaction.insert(store.database, 1 as UInt64, $0)
            }
        }
        #expect(!inserted)
        #expect(try value(of: 1) == [1])
    }

    @Test func appendingOutOfOrderIsRefused() throws {
        try store.put([5 as UInt64])
        let error = #expect(throws: LMDBError.self) {
            try store.environment.write { transaction in
                try transaction.put(store.database, 4 as UInt64, [1], mode: .append)
            }
        }
        #expect(error?.kind == .outOfOrder)
    }

    @Test func deletingTellsWhetherItWasThere() throws {
        try store.put([1 as UInt64, 2, 3])
        let answers = try store.environment.write { transaction in
            [
                try transaction.delete(store.database, 2 as UInt64),
                try transaction.delete(store.database, 2 as UInt64),
            ]
        }
        #expect(answers == [true, false])
        try store.environment.write { try $0.clear(store.database) }
        #expect(try store.environment.read { try $0.count(store.database) } == 0)
    }
}
