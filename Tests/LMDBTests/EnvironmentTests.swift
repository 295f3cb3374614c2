import Foundation
import LMDB
import Testing

@Suite struct EnvironmentTests {
    @Test func aSecondOpenInTheSameProcessIsRefused() throws {
        let store = try TemporaryEnvironment()
        let error = #expect(throws: LMDBError.self) {
            try Environment(path: store.directory.path + "/.")
        }
        #expect(error?.kind == .alreadyOpen)
        try store.put([1 as UInt64])
    }

    @Test func afterClosingItOpensAgainWithEverythingInIt() throws {
        let directory = try TemporaryDirectory()
        for round in 0..<3 as Range<UInt64> {
            let environment = try Environment(path: directory.path)
            let database = try environment.openDatabase("things")
            #expect(try environment.read { try $0.count(database) } == Int(round))
            try environment.write { try $0.put(database, round, [1]) }
            environment.close()
        }
    }

    @Test func aClosedEnvironmentRefusesButLetsReadersFinish() throws {
        let store = try TemporaryEnvironment()
        try store.put([1 as UInt64])
        let reader = try store.environment.beginRead()
        store.environment.close()
        #expect(try reader.count(store.database) == 1)
        let error = #expect(throws: LMDBError.self) { try store.put([2 as UInt64]) }
        #expect(error?.kind == .closed)
    }

    @Test func aReadOnlyEnvironmentTakesNoWrites() throws {
        let directory = try TemporaryDirectory()
        let first = try Environment(path: directory.path)
        _ = try first.openDatabase("things")
        first.close()
        let environment = try Environment(
            path: directory.path, options: EnvironmentOptions(isReadOnly: true))
        let missing = #expect(throws: LMDBError.self) { try environment.openDatabase("others") }
        #expect(missing?.kind == .missingDatabase)
        let database = try environment.openDatabase("things")
        let error = #expect(throws: LMDBError.self) {
            try environment.write { try $0.put(database, 1 as UInt64, [1]) }
        }
        #expect(error?.kind == .readOnly)
    }

    @Test(arguments: [0, 10, 4_095, 8_192, 100_000])
    func aFileOfGarbageIsRefused(sizeBytes: Int) throws {
        let directory = try TemporaryDirectory()
        let garbage = Data((0..<sizeBytes).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) })
        try garbage.write(to: URL(fileURLWithPath: directory.path + "/data.mdb"))
        guard sizeBytes > 0 else {
            _ = try Environment(path: directory.path)
            return
        }
        let error = #expect(throws: LMDBError.self) { try Environment(path: directory.path) }
        #expect(error?.kind == .notAnEnvironment)
        #expect(error?.description.contains(directory.path) == true)
    }

    @Test func aFileCutShortIsRefused() throws {
        let directory = try TemporaryDirectory()
        let environment = try Environment(path: directory.path)
        let database = try environment.openDatabase("things")
        try environment.write { transaction in
            for number in 0..<1_000 as Range<UInt64> {
                try transaction.put(database, number, [UInt8](repeating: 1, count: 500))
            }
        }
        environment.close()
        let file = try FileHandle(forWritingTo: URL(fileURLWithPath: directory.path + "/data.mdb"))
        try file.truncate(atOffset: 64 * 1024)
        try file.close()
        let error = #expect(throws: LMDBError.self) { try Environment(path: directory.path) }
        #expect(error?.kind == .corrupted)
    }

    @Test func tooManyReadersAtOnceAreRefusedAndTheNextIsWelcome() throws {
        let directory = try TemporaryDirectory()
        var options = EnvironmentOptions()
        options.maximumReaders = 2
        let environment = try Environment(path: directory.path, options: options)
        do {
            let one = try environment.beginRead()
            let two = try environment.beginRead()
            let error = #expect(throws: LMDBError.self) { _ = try environment.beginRead() }
            #expect(error?.kind == .readersFull)
            #expect(one.commitNumber == two.commitNumber)
        }
        _ = try environment.beginRead()
    }

    @Test func aMissingParentIsAnError() {
        let error = #expect(throws: LMDBError.self) { try Environment(path: "/nowhere/at/all") }
        #expect(error?.kind == .io(ENOENT))
    }
}
