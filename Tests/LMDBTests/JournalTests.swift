import Foundation
import Synchronization
import Testing

@testable import LMDB

@Suite struct JournalTests {
    /// What can be done in a transaction, done again by a recovery: compared after random steps.
    @Test func everyKindOfChangeIsDoneAgain() throws {
        let live = try JournaledEnvironment()
        defer { live.environment.close() }
        let other = try live.environment.openDatabase("others")
        var random = SystemRandomNumberGenerator()
        for step in 0..<2000 {
            let key = UInt64.random(in: 0..<40, using: &random)
            let bytes = [UInt8](repeating: UInt8(step & 0xFF), count: Int.random(in: 0...300))
            let kind = Int.random(in: 0..<8, using: &random)
            try live.environment.write { transaction in
                try change(transaction, live.database, kind, key, bytes)
                try transaction.put(other, key, bytes)
                if step % 500 == 499 { try transaction.clear(live.database) }
            }
        }
        let copy = try live.copy()
        let recovered = try Environment(path: copy.path, options: JournaledEnvironment.options())
        defer { recovered.close() }
        for name in ["things", "others"] {
            let database = try recovered.openDatabase(name)
            let wanted = try live.environment.openDatabase(name)
            #expect(
                try contents(of: recovered, database) == contents(of: live.environment, wanted))
        }
    }

    private func change(
        _ transaction: borrowing WriteTransaction, _ database: Database, _ kind: Int,
        _ key: UInt64, _ bytes: [UInt8]
    ) throws {
        switch kind {
        case 0: try transaction.delete(database, key)
        case 1: _ = try bytes.withUnsafeBytes { try transaction.insert(database, key, $0) }
        case 2:
            let place = try transaction.reserve(database, key, sizeBytes: bytes.count)
            place.copyBytes(from: bytes)
        case 3:
            var scan = try transaction.scan(database, from: key)
            while let entry = try scan.next() {
                let count = entry.value.count
                try scan.replace(entry).copyBytes(from: [UInt8](repeating: 3, count: count))
            }
        case 4: try transaction.deleteAll(database, prefix: key)
        default: try transaction.put(database, key, bytes)
        }
    }

    @Test func whatWasUndoneIsNotDoneAgain() throws {
        let live = try JournaledEnvironment()
        defer { live.environment.close() }
        try live.put(1)
        do {
            let transaction = try live.environment.beginWrite()
            try transaction.put(live.database, 2 as UInt64, [1])
        }
        try live.put(3)
        #expect(try contents(of: try live.copy()).count == 2)
    }

    @Test func aTornRecordIsATransactionThatNeverWas() throws {
        let live = try JournaledEnvironment()
        defer { live.environment.close() }
        try live.put(1)
        try live.put(2, [UInt8](repeating: 5, count: 9000))
        let copy = try live.copy()
        // The record of the second spans three blocks; its last did not get there.
        try edit(copy, "journal") { data in
            let last = data.range(of: Data([5, 5, 5, 5]), options: .backwards)
            guard let last else { return }
            data[last.lowerBound] = 6
        }
        #expect(try contents(of: copy).count == 1)
    }

    @Test func aDamagedRecordBeforeOthersIsSaid() throws {
        let live = try JournaledEnvironment()
        defer { live.environment.close() }
        for key in 1...5 { try live.put(UInt64(key), [UInt8](repeating: UInt8(key), count: 100)) }
        let copy = try live.copy()
        try edit(copy, "journal") { data in
            guard let third = data.range(of: Data([3, 3, 3, 3])) else { return }
            data[third.lowerBound] = 0
        }
        let error = #expect(throws: LMDBError.self) { try contents(of: copy) }
        #expect(error?.kind == .corrupted)
        #expect(error?.subject?.hasSuffix("/journal") == true)
    }

    @Test func aShortenedDataFileIsSaid() throws {
        let live = try JournaledEnvironment()
        for key in 1...500 { try live.put(UInt64(key), [UInt8](repeating: 1, count: 1000)) }
        live.environment.close()
        let copy = try live.copy()
        try edit(copy, "data.mdb") { $0.removeLast(100_000) }
        let error = #expect(throws: LMDBError.self) { try contents(of: copy) }
        #expect(error?.kind == .corrupted)
    }

    @Test func aTornCheckpointLeavesTheOneBefore() throws {
        let live = try JournaledEnvironment()
        defer { live.environment.close() }
        for key in 1...5 { try live.put(UInt64(key)) }
        let copy = try live.copy()
        let newest = try CheckpointFile(directory: copy.path).load()
        let next = try #require(newest)
        // The next one would be written to the other place.
        try edit(copy, "checkpoint") { data in
            let start = (next.sequence + 1) % 2 == 0 ? 0 : 4096
            data.replaceSubrange(start..<(start + 100), with: Data(repeating: 0xAB, count: 100))
        }
        #expect(try CheckpointFile(directory: copy.path).load() == next)
        #expect(try contents(of: copy).count == 5)
    }

    @Test func attachedBytesComeBackWithTheirTransaction() throws {
        let live = try JournaledEnvironment()
        defer { live.environment.close() }
        let transaction = try live.environment.beginWrite()
        try transaction.put(live.database, 1 as UInt64, [1])
        let isAttached = [UInt8](1...5).withUnsafeBytes { first in
            [UInt8](6...9).withUnsafeBytes { transaction.attach([first, $0]) }
        }
        #expect(isAttached)
        try transaction.commit()
        let copy = try live.copy()
        let notes = AttachedNotes()
        #expect(
            try contents(of: copy, options: JournaledEnvironment.options(files: notes)).count == 1)
        #expect(notes.notes.withLock { $0.restored } == [[UInt8](1...9)])
        #expect(notes.notes.withLock { $0.flushes } > 0)
    }

    @Test func whatIsTooLargeForTheJournalIsFlushed() throws {
        var sizes = JournalSizes.unhurried
        sizes.recordBytes = 64 << 10
        let live = try JournaledEnvironment(sizes: sizes)
        defer { live.environment.close() }
        try live.put(1)
        try live.put(2, [UInt8](repeating: 1, count: 100_000))
        try live.put(3)
        #expect(try contents(of: try live.copy()).count == 3)
        let transaction = try live.environment.beginWrite()
        try transaction.put(live.database, 4 as UInt64, [1])
        let isAttached = [UInt8](repeating: 0, count: 70_000).withUnsafeBytes {
            transaction.attach([$0])
        }
        #expect(!isAttached)
        try transaction.commit()
        #expect(try contents(of: try live.copy()).count == 4)
    }

    @Test func aFullJournalGoesRound() throws {
        var sizes = JournalSizes.unhurried
        sizes.recordBytes = 32 << 10
        sizes.firstCapacity = 64 << 10
        sizes.greatestCapacity = 128 << 10
        let live = try JournaledEnvironment(sizes: sizes)
        defer { live.environment.close() }
        for key in 0..<400 {
            try live.put(UInt64(key), [UInt8](repeating: 1, count: key * 37 % 9000))
            if key % 40 == 39 { #expect(try contents(of: try live.copy()).count == key + 1) }
        }
        let journal = try FileManager.default.attributesOfItem(
            atPath: live.directory.path + "/journal")
        #expect(journal[.size] as? Int == 128 << 10)
    }

    @Test func checkpointsAtRestEmptyTheJournal() throws {
        var sizes = JournalSizes()
        sizes.restMilliseconds = 1
        let live = try JournaledEnvironment(sizes: sizes)
        defer { live.environment.close() }
        let first = try CheckpointFile(directory: live.directory.path).load()
        try live.put(1)
        let deadline = Date(timeIntervalSinceNow: 20)
        var newest = first
        while newest == first, Date() < deadline {
            newest = try CheckpointFile(directory: live.directory.path).load()
        }
        #expect((newest?.transaction ?? 0) > (first?.transaction ?? 0))
    }

    /// Commits while checkpoints at rest come as fast as they can: neither waits for the other.
    @Test func writersAndCheckpointsDoNotWaitForEachOther() throws {
        var sizes = JournalSizes()
        sizes.restMilliseconds = 0
        sizes.pagesBetweenCheckpoints = 20...20
        sizes.recordBytes = 16 << 10
        sizes.firstCapacity = 32 << 10
        sizes.greatestCapacity = 32 << 10
        let live = try JournaledEnvironment(sizes: sizes)
        for key in 0..<1500 {
            try live.put(UInt64(key), [UInt8](repeating: 1, count: key * 31 % 17_000))
        }
        let copy = try live.copy()
        live.environment.close()
        #expect(try contents(of: live.directory).count == 1500)
        #expect(try contents(of: copy).count == 1500)
    }

    /// As one that is killed half-way: then the next one is alone, though it came before that.
    @Test func whoWaitsForARecoveryThatFailsDoesItAgain() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path
        let (isAlone, mayFail) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
        DispatchQueue.global().async {
            _ = try? JournalFile(directory: path) { _ throws(LMDBError) in
                isAlone.signal()
                mayFail.wait()
                throw LMDBError(.other, operation: "recover")
            }
        }
        isAlone.wait()
        DispatchQueue.global().asyncAfter(deadline: .now() + 0.2) { mayFail.signal() }
        var recoveries = 0
        let file = try JournalFile(directory: path) { _ in recoveries += 1 }
        withExtendedLifetime(file) {}
        #expect(recoveries == 1)
    }
}

/// Several threads of one process write, small and too large for the journal.
@Suite struct ManyWritersTests {
    @Test func writersTakeTurns() async throws {
        var sizes = JournalSizes()
        sizes.restMilliseconds = 0
        sizes.recordBytes = 16 << 10
        sizes.firstCapacity = 64 << 10
        sizes.greatestCapacity = 64 << 10
        let live = try JournaledEnvironment(sizes: sizes)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<4 {
                group.addTask {
                    for number in 0..<200 {
                        let bytes = number % 20 == 0 ? 20_000 : number * 31 % 9000
                        try live.put(
                            UInt64(writer * 1000 + number), [UInt8](repeating: 1, count: bytes))
                    }
                }
            }
            try await group.waitForAll()
        }
        #expect(try contents(of: try live.copy()).count == 800)
        live.environment.close()
        #expect(try contents(of: live.directory).count == 800)
    }
}
