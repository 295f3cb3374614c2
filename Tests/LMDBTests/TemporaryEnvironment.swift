import Foundation
import LMDB

/// A directory that is gone after the test.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        let url = FileManager.default.temporaryDirectory
            .appendingPathComponent("lmdb-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        path = url.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// An environment with one database, gone after the test.
struct TemporaryEnvironment {
    let directory: TemporaryDirectory
    let environment: Environment
    let database: Database

    init(mapSizeBytes: Int = 1 << 30) throws {
        try self.init(options: EnvironmentOptions(mapSizeBytes: mapSizeBytes))
    }

    init(options: EnvironmentOptions) throws {
        directory = try TemporaryDirectory()
        environment = try Environment(path: directory.path, options: options)
        database = try environment.openDatabase("things")
    }

    func put(_ keys: [some KeyCodable], value: [UInt8] = [1]) throws {
        try environment.write { transaction in
            for key in keys { try transaction.put(database, key, value) }
        }
    }
}

/// The keys that a scan visits.
func keys(_ scan: consuming Scan) throws(LMDBError) -> [[UInt8]] {
    var keys: [[UInt8]] = []
    while let entry = try scan.next() { keys.append([UInt8](entry.key)) }
    return keys
}
