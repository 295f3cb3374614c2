import Foundation
import Testing

@Suite struct CorpusImportTests {
    @Test func theWholeCorpusIsImportedAndSoundAndSkippedTheSecondTime() throws {
        guard let corpus = CorpusImportTests.folder else {
            return print("SKIPPED: no mail corpus; set HINDSIGHT_CORPUS to its folder to import it")
        }
        let count = try CorpusImportTests.countMessages(in: corpus)
        let store = try StoreFixture()
        let imported = try store.hindsight("import", corpus.path, "--account", "ann")
        #expect(imported.status == 0, "\(imported.errors)")
        #expect(imported.output.contains("imported \(count) messages"), "\(imported.output)")
        try store.expectSound()
        let again = try store.hindsight("import", corpus.path, "--account", "ann")
        #expect(again.output.contains("imported 0 messages"))
        #expect(again.output.contains("skipped \(count) messages"))
        let out = store.files.path("out")
        #expect(
            try store.hindsight("export", out, "--account", "ann", "--format", "maildir").status
                == 0)
        let back = try store.hindsight("import", out, "--account", "ann")
        #expect(back.output.contains("skipped \(count) messages"), "\(back.output)")
    }

    private static let folder: URL? = {
        let manager = FileManager.default
        if let path = ProcessInfo.processInfo.environment["HINDSIGHT_CORPUS"] {
            return manager.fileExists(atPath: path) ? URL(fileURLWithPath: path) : nil
        }
        var place = URL(fileURLWithPath: #filePath)
        while place.path != "/" {
            place.deleteLastPathComponent()
            let candidate = place.appendingPathComponent("shared/corpus")
            if manager.fileExists(atPath: candidate.path) { return candidate }
        }
        return nil
    }()

    /// One a file, and of an mbox as many as it has From_ lines, counted in another way than the
    /// program does: in text with LF, by a regular expression.
    private static func countMessages(in folder: URL) throws -> Int {
        let names =
            FileManager.default.enumerator(atPath: folder.path)?.allObjects as? [String] ?? []
        let dated = try NSRegularExpression(
            pattern: "(?:\\A|\\n\\n)From [^\\n]*\\b(?:19|20)\\d\\d\\b")
        let bare = try NSRegularExpression(pattern: "(?:\\A|\\n\\n)From \\S+ *(?=\\n)")
        var count = 0
        for name in names {
            if name.hasSuffix(".eml") { count += 1 }
            guard name.hasSuffix(".mbox") else { continue }
            let data = try Data(contentsOf: folder.appendingPathComponent(name))
            let text = String(decoding: data, as: Unicode.ASCII.self)
                .replacingOccurrences(of: "\r\n", with: "\n")
            let whole = NSRange(text.startIndex..., in: text)
            count += dated.numberOfMatches(in: text, range: whole)
            if bare.firstMatch(in: text, range: whole)?.range.location == 0 {
                count += bare.numberOfMatches(in: text, range: whole)
            }
        }
        return count
    }
}
