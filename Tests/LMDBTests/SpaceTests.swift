import Foundation
import LMDB
import Testing

@Suite struct SpaceTests {
    /// Writes rows of 1 KiB, each in a commit, until there is an error.
    private func fill(
        _ environment: Environment, _ database: Database
    ) throws -> (written: UInt64, error: LMDBError) {
        let value = [UInt8](repeating: 1, count: 1024)
        var number: UInt64 = 0
        while number < 100_000 {
            do {
                try environment.write { try $0.put(database, number, value) }
            } catch let error as LMDBError {
                return (number, error)
            }
            number += 1
        }
        throw NotFull()
    }

    private struct NotFull: Error {}

    @Test func aFullMapLosesNothingAndALargerOneGoesOn() throws {
        let store = try TemporaryEnvironment(mapSizeBytes: 256 * 1024)
        let (written, error) = try fill(store.environment, store.database)
        #expect(error.kind == .mapFull)
        #expect(error.isRecoverable)
        #expect(try store.environment.read { try $0.count(store.database) } == Int(written))
        store.environment.close()
        let larger = try Environment(path: store.directory.path)
        let database = try larger.openDatabase("things")
        #expect(try larger.read { try $0.count(database) } == Int(written))
        try larger.write { try $0.put(database, written, [1, 2, 3]) }
        #expect(try larger.read { try $0.count(database) } == Int(written) + 1)
    }

    @Test func aFullDiskLosesNothingAndTakesWritesOnceThereIsSpace() throws {
        let directory = try TemporaryDirectory()
        guard mountSmall(directory.path) else {
            print("skipped: no small file system can be mounted here, so no disk can be filled")
            return
        }
        defer { _ = run("umount", "-l", directory.path) }
        let ballast = directory.path + "/ballast"
        try Data(repeating: 0, count: 200_000).write(to: URL(fileURLWithPath: ballast))
        let environment = try Environment(path: directory.path)
        defer { environment.close() }
        let database = try environment.openDatabase("things")
        let (written, error) = try fill(environment, database)
        #expect(error.kind == .diskFull, "\(error)")
        #expect(error.isRecoverable)
        #expect(try environment.read { try $0.count(database) } == Int(written))
        try FileManager.default.removeItem(atPath: ballast)
        try environment.write { try $0.put(database, written, [1]) }
        #expect(try environment.read { try $0.count(database) } == Int(written) + 1)
    }

    private func mountSmall(_ path: String) -> Bool {
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", path) == 0
    }

    private func run(_ arguments: String...) -> Int32 {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return -1 }
        process.waitUntilExit()
        return process.terminationStatus
    }
}
