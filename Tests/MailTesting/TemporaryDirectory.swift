import Foundation

/// A directory of its own for one test, removed with all that is in it when nobody holds it any more.
package final class TemporaryDirectory: Sendable {
    /// Where the directory lies.
    package enum Place: Sendable {
        /// On disk: what is synced there costs what it costs in earnest.
        case disk
        /// In memory where the machine offers that (`/dev/shm`), otherwise on disk.
        case memory
    }

    package let path: String

    package init(in place: Place = .disk) throws {
        let folder = TemporaryDirectory.parent(place)
            .appendingPathComponent("hindsight-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700])
        path = folder.path
    }

    private static func parent(_ place: Place) -> URL {
        let memory = "/dev/shm"
        if place == .memory, FileManager.default.isWritableFile(atPath: memory) {
            return URL(fileURLWithPath: memory, isDirectory: true)
        }
        return FileManager.default.temporaryDirectory
    }

    deinit {
        // What cannot be removed is left to whoever clears the temporary folder.
        try? FileManager.default.removeItem(atPath: path)
    }
}
