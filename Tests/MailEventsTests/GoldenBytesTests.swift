import Foundation
import MailEvents
import MailModel
import Testing

/// The bytes of every released version, for ever: files are added to `Golden`, never edited.
///
/// With HINDSIGHT_WRITE_GOLDEN=1 a file that is missing is written; one that is there never is.
@Suite struct GoldenBytesTests {
    static let position = LogPosition(1000)

    @Test(arguments: MailEvent.Kind.allCases)
    func eachEventIsWrittenAndReadAsInVersion1(_ kind: MailEvent.Kind) throws {
        let draft = try Samples.draft(of: kind)
        let encoded = try EventCoder.encode(
            draft, position: Self.position, timeNanoseconds: Samples.timeNanoseconds)
        let golden = try goldenBytes(of: kind, otherwise: encoded)
        #expect(encoded.hexadecimal == golden.hexadecimal)

        let recorded = try EventCoder.decode(golden, at: Self.position, digest: .start)
        #expect(recorded.event == draft.event)
        #expect(recorded.event.kind == kind)
        #expect(recorded.actor == draft.actor)
        #expect(recorded.cause == draft.cause)
        #expect(recorded.timeNanoseconds == Samples.timeNanoseconds)
        #expect(recorded.schemaVersion == 1)
        #expect(recorded.account == (kind == .accountCreated ? AccountID(1000) : draft.account))
        #expect(recorded.mailbox == (kind == .mailboxCreated ? MailboxID(1000) : draft.mailbox))
    }

    @Test func everyGoldenFileIsTested() throws {
        let files = try FileManager.default.contentsOfDirectory(atPath: TestFiles.golden.path())
        #expect(Set(files) == Set(MailEvent.kindNames.map { "\($0).hex" }))
    }

    private func goldenBytes(of kind: MailEvent.Kind, otherwise encoded: [UInt8]) throws -> [UInt8]
    {
        let file = TestFiles.golden.appending(path: "\(kind.rawValue).hex")
        if ProcessInfo.processInfo.environment["HINDSIGHT_WRITE_GOLDEN"] == "1",
            !FileManager.default.fileExists(atPath: file.path())
        {
            try Data("\(encoded.hexadecimal)\n".utf8).write(to: file)
        }
        let text = try String(contentsOf: file, encoding: .utf8)
        return try #require(
            [UInt8](hexadecimal: text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}
