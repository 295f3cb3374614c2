import Foundation
import Testing

@testable import LMDB

/// A power cut leaves of what was written behind the last checkpoint any pages in any state.
@Suite struct PowerCutTests {
    private static let pageBytes = 4096

    /// What a power cut may leave of `after`, when all of `before` had reached the disk.
    private func image(
        _ before: TemporaryDirectory, _ after: TemporaryDirectory,
        _ random: inout SystemRandomNumberGenerator
    ) throws -> TemporaryDirectory {
        let image = try TemporaryDirectory()
        for name in ["journal", "checkpoint"] {
            try FileManager.default.copyItem(
                atPath: after.path + "/" + name, toPath: image.path + "/" + name)
        }
        var data = try Data(contentsOf: URL(fileURLWithPath: after.path + "/data.mdb"))
        let old = try Data(contentsOf: URL(fileURLWithPath: before.path + "/data.mdb"))
        for page in stride(from: 0, to: data.count, by: Self.pageBytes)
        where Bool.random(using: &random) {
            let range = page..<min(page + Self.pageBytes, data.count)
            data.replaceSubrange(
                range,
                with: range.upperBound <= old.count ? old[range] : Data(count: range.count))
        }
        try data.write(to: URL(fileURLWithPath: image.path + "/data.mdb"))
        return image
    }

    @Test func everyCommitSurvives() throws {
        let live = try JournaledEnvironment()
        defer { live.environment.close() }
        for key in 0..<200 { try live.put(UInt64(key), [UInt8(key)]) }
        // The first commit after this makes no checkpoint: the journal has room.
        let before = try live.copy()
        for key in 100..<600 { try live.put(UInt64(key), [UInt8](repeating: 7, count: key)) }
        let wanted = try contents(of: live.environment, live.database)
        let after = try live.copy()
        var random = SystemRandomNumberGenerator()
        var spoilt = 0
        for _ in 0..<20 {
            let image = try image(before, after, &random)
            let plain = try self.image(before, after, &random)
            #expect(try contents(of: image) == wanted)
            // Without checkpoint and journal, LMDB alone does not get there.
            try FileManager.default.removeItem(atPath: plain.path + "/checkpoint")
            if hasLost(plain, wanted) { spoilt += 1 }
        }
        #expect(spoilt > 0)
    }

    /// Whether the first meta page that is whole shows another state. Its pages are not read: they
    /// may be anything.
    private func hasLost(_ directory: TemporaryDirectory, _ wanted: [[UInt8]: [UInt8]]) -> Bool {
        let file = open(directory.path + "/data.mdb", O_RDONLY)
        defer { close(file) }
        guard let newest = MetaPage.newest(in: file) else { return true }
        return newest.transaction < UInt64(wanted.count)
    }

    /// As above, with checkpoints all the time: what a checkpoint needs is never written to.
    @Test func everyCommitSurvivesBetweenCheckpoints() throws {
        var sizes = JournalSizes.unhurried
        sizes.pagesBetweenCheckpoints = 100...100
        let live = try JournaledEnvironment(sizes: sizes)
        defer { live.environment.close() }
        var random = SystemRandomNumberGenerator()
        var key = 0
        func step(_ count: Int) throws {
            for _ in 0..<count {
                try live.put(UInt64(key % 150), [UInt8](repeating: 1, count: key * 7 % 900))
                key += 1
            }
        }
        var tried = 0
        for _ in 0..<100 where tried < 15 {
            try step(50)
            let before = try live.copy()
            try step(6)
            let after = try live.copy()
            let isSame =
                try CheckpointFile(directory: before.path).load()
                == CheckpointFile(directory: after.path).load()
            guard isSame else { continue }
            tried += 1
            let wanted = try contents(of: live.environment, live.database)
            #expect(try contents(of: try image(before, after, &random)) == wanted)
        }
        #expect(tried == 15)
        // With checkpoints, pages are used again: the file does not grow for ever.
        let size = try live.environment.size().usedBytes
        #expect(size < 20 << 20, "\(size)")
    }

    @Test func aKilledProcessLosesNothingEither() throws {
        let live = try JournaledEnvironment()
        defer { live.environment.close() }
        for key in 0..<50 { try live.put(UInt64(key)) }
        let copy = try live.copy()
        #expect(try contents(of: copy).count == 50)
        // Once more: what was recovered is a state like any other.
        let again = try JournaledEnvironment(at: copy)
        try again.put(50)
        let second = try again.copy()
        again.environment.close()
        #expect(try contents(of: second).count == 51)
        #expect(try contents(of: copy).count == 51)
    }

    @Test func aClosedEnvironmentHasNothingToRecover() throws {
        let live = try JournaledEnvironment()
        for key in 0..<50 { try live.put(UInt64(key)) }
        live.environment.close()
        let copy = try live.copy()
        // Whatever the journal holds is in the checkpoint.
        try edit(copy, "journal") { $0 = Data(count: $0.count) }
        #expect(try contents(of: copy).count == 50)
    }

    @Test func aToolFindsTheSameState() throws {
        let live = try JournaledEnvironment()
        for key in 0..<50 { try live.put(UInt64(key)) }
        let copy = try live.copy()
        live.environment.close()
        var options = EnvironmentOptions(mapSizeBytes: 1 << 30)
        options.durability = .checkpointed(AttachedNotes())
        let tool = try Environment(path: copy.path, options: options)
        let database = try tool.openDatabase("things")
        #expect(try contents(of: tool, database).count == 50)
        try tool.write { try $0.put(database, 50 as UInt64, [1]) }
        // Killed now, the tool's commit is not undone by the journal of before.
        let killed = try TemporaryDirectory()
        for name in ["data.mdb", "journal", "checkpoint"] {
            try FileManager.default.copyItem(
                atPath: copy.path + "/" + name, toPath: killed.path + "/" + name)
        }
        tool.close()
        #expect(try contents(of: killed).count == 51)
    }

    /// A tool's checkpoint may be of a commit of the server's, of whose place in the journal the tool
    /// knows nothing: what it says of the journal is from a checkpoint before.
    @Test(arguments: [1, 5]) func aCheckpointBesideTheJournalsOwnerIsFollowedByItsRecords(
        later: UInt64
    ) throws {
        let live = try JournaledEnvironment()
        defer { live.environment.close() }
        for key in 0..<4 { try live.put(UInt64(key)) }
        let file = open(live.directory.path + "/data.mdb", O_RDONLY)
        defer { close(file) }
        let meta = try #require(MetaPage.newest(in: file))
        for key in 4..<(4 + later) { try live.put(key) }
        let copy = try live.copy()
        try CheckpointFile(directory: copy.path).store { newest in
            newest.map {
                Checkpoint(
                    sequence: 0, generation: $0.generation, offset: $0.offset, meta: meta)
            }
        }
        #expect(try contents(of: copy).count == Int(4 + later))
    }

    /// Somebody put another data file there, or had it written by a program without checkpoints.
    @Test func aCheckpointOfAnotherFileIsNotPutIntoIt() throws {
        let older = try JournaledEnvironment()
        for key in 0..<20 { try older.put(UInt64(key), [UInt8](repeating: 1, count: 2000)) }
        older.environment.close()
        let newer = try older.copy()
        let live = try JournaledEnvironment(at: newer)
        for key in 0..<20 { try live.put(UInt64(key), [2]) }
        live.environment.close()
        for (data, rest) in [(older.directory, newer), (newer, older.directory)] {
            let mixed = try TemporaryDirectory()
            for (name, source) in [("data.mdb", data), ("journal", rest), ("checkpoint", rest)] {
                try FileManager.default.copyItem(
                    atPath: source.path + "/" + name, toPath: mixed.path + "/" + name)
            }
            #expect(try contents(of: mixed) == contents(of: data))
            #expect(try contents(of: mixed) == contents(of: data))
        }
    }
}
