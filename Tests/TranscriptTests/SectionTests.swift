import Foundation
import Testing

/// A reader can find each section of RFC 2180 by its number alone.
@Suite struct SectionTests {
    private static let sections = [
        "3.1", "3.2", "3.3", "3.4", "4.1.1", "4.1.2", "4.1.3", "4.1.4", "4.2.1", "4.2.2", "4.2.3",
        "4.2.4", "4.3", "4.4.1", "4.4.2", "5",
    ]

    private static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    @Test(arguments: sections)
    func eachHasATranscript(section: String) throws {
        let folder = Self.root.appending(path: "Tests/TranscriptTests/Transcripts/rfc2180")
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
        #expect(names.contains { $0.hasPrefix("\(section)-") })
    }

    @Test(arguments: sections)
    func eachIsNamedInTheSource(section: String) throws {
        let folder = Self.root.appending(path: "Sources/MultiAccess")
        let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
        var isNamed = false
        while let file = files?.nextObject() as? URL {
            guard file.pathExtension == "swift" else { continue }
            let text = try String(contentsOf: file, encoding: .utf8)
            isNamed = isNamed || text.firstRange(of: "§\(section)") != nil
        }
        #expect(isNamed, "no strategy names §\(section)")
    }
}
