import Foundation

/// Files of a test.
enum Files {
    static func write(_ bytes: [UInt8], to path: String) throws {
        let url = URL(fileURLWithPath: path)
        try FileManager.default.createDirectory(
            at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: url)
    }

    static func read(_ path: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    }

    /// Everything in a folder and below that is no folder, as sorted paths.
    static func all(in folder: String) -> [String] {
        let names = FileManager.default.enumerator(atPath: folder)?.allObjects as? [String] ?? []
        return names.map { "\(folder)/\($0)" }.filter {
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: $0, isDirectory: &isFolder)
                && !isFolder.boolValue
        }.sorted()
    }

    static func remove(_ path: String) throws { try FileManager.default.removeItem(atPath: path) }

    static func move(_ path: String, to new: String) throws {
        try FileManager.default.moveItem(atPath: path, toPath: new)
    }
}
