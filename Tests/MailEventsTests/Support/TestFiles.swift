import Foundation

/// The package's files that the tests hold the code to.
enum TestFiles {
    static let tests = URL(filePath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent()
    static let golden = tests.appending(path: "Golden/v1")
    static let schemas = tests.deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "Schemas")
    static let chainVerifier = tests.appending(path: "Support/verify_chain.py")
}
