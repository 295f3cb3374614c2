import Foundation
import Synchronization

@testable import LMDB

/// Bytes beside an environment, in memory: what was restored, and how often it was flushed.
final class AttachedNotes: AttachedFiles {
    struct Notes {
        var restored: [[UInt8]] = []
        var flushes = 0
    }

    let notes = Mutex(Notes())

    func restore(_ attachment: UnsafeRawBufferPointer) throws {
        let bytes = [UInt8](attachment)
        notes.withLock { $0.restored.append(bytes) }
    }

    func synchronize() throws { notes.withLock { $0.flushes += 1 } }
}

/// An environment with a journal, of which images can be taken as a power cut would leave them.
struct JournaledEnvironment: Sendable {
    let directory: TemporaryDirectory
    let environment: Environment
    let database: Database

    init(at directory: TemporaryDirectory? = nil, sizes: JournalSizes = .unhurried) throws {
        self.directory = try directory ?? TemporaryDirectory()
        environment = try Environment(
            path: self.directory.path, options: Self.options(sizes: sizes))
        database = try environment.openDatabase("things")
    }

    static func options(
        files: AttachedNotes = AttachedNotes(), sizes: JournalSizes = .unhurried
    ) -> EnvironmentOptions {
        var options = EnvironmentOptions(mapSizeBytes: 1 << 30)
        options.durability = .journaled(files)
        options.journalSizes = sizes
        return options
    }

    func put(_ key: UInt64, _ value: [UInt8] = [1]) throws {
        try environment.write { try $0.put(database, key, value) }
    }

    /// A copy of the files as they are now.
    func copy() throws -> TemporaryDirectory {
        let copy = try TemporaryDirectory()
        for name in ["data.mdb", "journal", "checkpoint"] {
            try FileManager.default.copyItem(
                atPath: directory.path + "/" + name, toPath: copy.path + "/" + name)
        }
        return copy
    }
}

extension JournalSizes {
    /// No checkpoint but the first, unless the journal is full.
    static var unhurried: JournalSizes {
        var sizes = JournalSizes()
        sizes.restMilliseconds = 3_600_000
        sizes.pagesBetweenCheckpoints = .max ... .max
        return sizes
    }
}

/// Everything in the database `things` of an environment that is opened, and so recovered, for it.
func contents(
    of directory: TemporaryDirectory, options: EnvironmentOptions = JournaledEnvironment.options()
) throws -> [[UInt8]: [UInt8]] {
    let environment = try Environment(path: directory.path, options: options)
    defer { environment.close() }
    let database = try environment.openDatabase("things")
    return try contents(of: environment, database)
}

func contents(
    of environment: Environment, _ database: Database
) throws -> [[UInt8]: [UInt8]] {
    let transaction = try environment.beginRead()
    var scan = try transaction.scan(database)
    var contents: [[UInt8]: [UInt8]] = [:]
    while let entry = try scan.next() {
        contents[[UInt8](entry.key)] = [UInt8](entry.value)
    }
    return contents
}

/// A file's bytes, changed in place.
func edit(_ directory: TemporaryDirectory, _ name: String, _ change: (inout Data) -> Void) throws {
    let url = URL(fileURLWithPath: directory.path + "/" + name)
    var data = try Data(contentsOf: url)
    change(&data)
    try data.write(to: url)
}
