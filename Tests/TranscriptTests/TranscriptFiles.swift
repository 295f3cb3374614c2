import Foundation
import MailTesting
import Testing

/// One file below `Transcripts/`.
struct TranscriptFile: Sendable, CustomTestStringConvertible {
    /// `rfc2180/4.1.1-serve-ghosts.imap`
    let name: String

    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()

    /// Every transcript, by name.
    static let all: [TranscriptFile] = {
        let root = folder.appendingPathComponent("Transcripts")
        let paths = FileManager.default.enumerator(atPath: root.path)?.allObjects as? [String]
        return (paths ?? []).filter { $0.hasSuffix(".imap") && !knownFailures.contains($0) }
            .sorted().map(TranscriptFile.init)
    }()

    /// What the RFC asks for and the server does not do yet: written down, not run.
    static let knownFailures: Set<String> = []

    /// Whether its set-up cannot be had from a real server: `@ limit`, `@ plaintext off`.
    var needsMemory: Bool { (try? read())?.needsMemory ?? false }

    var testDescription: String { name }

    func read() throws -> Transcript {
        let file = TranscriptFile.folder.appendingPathComponent("Transcripts/\(name)")
        return try Transcript(String(contentsOf: file, encoding: .utf8), name: name)
    }
}

/// The messages below `Messages/`, written with bare line feeds.
struct TestMessages: MessageFiles {
    func message(named name: String) throws -> [UInt8] {
        let file = TranscriptFile.folder.appendingPathComponent("Messages/\(name).eml")
        return try Data(contentsOf: file).flatMap { $0 == 0x0A ? [0x0D, 0x0A] : [$0] }
    }
}
