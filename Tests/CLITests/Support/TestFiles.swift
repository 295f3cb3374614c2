import Foundation
import MailTesting

/// Files of a test, in a folder that goes with it.
struct TestFiles {
    let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    var path: String { directory.path }

    func path(_ name: String) -> String { directory.path + "/" + name }

    /// Writes a file, making the folders above it.
    ///
    /// - Parameter changed: its time of change, in seconds since 1970.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String, changed: Int? = nil) throws -> String {
        let path = path(name)
        try FileManager.default.createDirectory(
            atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        guard FileManager.default.createFile(atPath: path, contents: Data(bytes)) else {
            throw CocoaError(.fileWriteUnknown)
        }
        if let changed {
            try FileManager.default.setAttributes(
                [.modificationDate: Date(timeIntervalSince1970: Double(changed))],
                ofItemAtPath: path)
        }
        return path
    }

    @discardableResult
    func write(_ text: String, to name: String, changed: Int? = nil) throws -> String {
        try write(Array(text.utf8), to: name, changed: changed)
    }

    func makeFolder(_ name: String) throws {
        try FileManager.default.createDirectory(
            atPath: path(name), withIntermediateDirectories: true)
    }
}
