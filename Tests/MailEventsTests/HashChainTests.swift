import Foundation
import MailEvents
import MailModel
import Testing

@Suite struct HashChainTests {
    @Test func digestsAreSHA256() {
        let abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect("\(BodyDigest(hashing: Array("abc".utf8)))" == abc)
        var hasher = BodyHasher()
        for piece in ["a", "", "bc"] { Array(piece.utf8).withUnsafeBytes { hasher.update($0) } }
        #expect("\(hasher.finish())" == abc)
        #expect("\(ChainDigest.start)" == String(repeating: "0", count: 64))
        #expect(DigestBytes(hexadecimal: abc)?.description == abc)
        #expect(DigestBytes(hexadecimal: abc + "00") == nil)
        #expect(DigestBytes(hexadecimal: "zz") == nil)
    }

    /// The example of `Schemas/log.md`, read from the document itself.
    @Test func theWorkedExampleOfTheDocumentHolds() throws {
        let document = try String(
            contentsOf: TestFiles.schemas.appending(path: "log.md"), encoding: .utf8)
        let chain = try storedValues()
        var previous = ChainDigest.start
        for (index, value) in chain.enumerated() {
            let number = index + 1
            let record = try #require(
                [UInt8](hexadecimal: try wordAfter("record \(number):", in: document)))
            let digest = HashChain.next(after: previous, record: record)
            #expect(digest.description == (try wordAfter("digest \(number):", in: document)))
            #expect(value.hexadecimal == (digest.bytes + record).hexadecimal)
            previous = digest
        }
    }

    @Test func storedValuesAreDigestAndRecordAndFollowOneAnother() throws {
        var previous = ChainDigest.start
        for (index, value) in try storedValues().enumerated() {
            let position = LogPosition(UInt64(index + 1))
            try value.withUnsafeBytes { bytes in
                let stored = try #require(StoredValue(bytes))
                #expect(stored.follows(previous))
                #expect(
                    StoredValue.bytes(digest: stored.digest, record: [UInt8](stored.record))
                        == value)
                #expect(try EventCoder.decode(stored: bytes, at: position).digest == stored.digest)
                previous = stored.digest
            }
            var altered = value
            altered[altered.count - 1] ^= 1
            altered.withUnsafeBytes { #expect(StoredValue($0)?.follows(previous) == false) }
        }
    }

    @Test func anIndependentVerifierAgrees() throws {
        let values = try storedValues()
        guard let answer = try runPython(with: values) else {
            print("skipped: python3 is not installed, so the chain was not verified by it")
            return
        }
        let last = try #require(values.last).prefix(32)
        #expect(answer == "3 \(Array(last).hexadecimal)\n")
        var altered = values
        altered[1][40] ^= 1
        #expect(try runPython(with: altered) == "")
    }

    /// The three records of the worked example.
    private func storedValues() throws -> [[UInt8]] {
        let tool = Actor(user: "root", protocolName: "cli")
        let drafts = [
            EventDraft(
                account: nil, mailbox: nil, actor: tool, cause: Cause(command: "serve"),
                event: .storeCreated(StoreCreated(storeID: Array(0x10...0x1F)))),
            EventDraft(
                account: nil, mailbox: nil, actor: tool, cause: Cause(command: "account add"),
                event: .accountCreated(AccountCreated(name: "anna"))),
            EventDraft(
                account: AccountID(2), mailbox: nil, actor: tool,
                cause: Cause(command: "account add"),
                event: .mailboxCreated(
                    MailboxCreated(
                        name: .inbox, uidValidity: try #require(UIDValidity(1_767_225_602)),
                        specialUse: []))),
        ]
        var values: [[UInt8]] = []
        var previous = ChainDigest.start
        for (index, draft) in drafts.enumerated() {
            let (value, digest) = try EventCoder.encodeStored(
                draft, position: LogPosition(UInt64(index + 1)),
                timeNanoseconds: 1_767_225_600_000_000_000 + Int64(index) * 1_000_000_000,
                after: previous)
            values.append(value)
            previous = digest
        }
        return values
    }

    private func wordAfter(_ label: String, in document: String) throws -> String {
        let line = try #require(
            document.split(separator: "\n").first { $0.hasPrefix(label) },
            "log.md has no line \(label)")
        return line.dropFirst(label.count).trimmingCharacters(in: .whitespaces)
    }

    /// What the verifier printed; nil without python3.
    private func runPython(with values: [[UInt8]]) throws -> String? {
        let python = URL(filePath: "/usr/bin/python3")
        guard FileManager.default.isExecutableFile(atPath: python.path()) else { return nil }
        let process = Process()
        process.executableURL = python
        process.arguments = [TestFiles.chainVerifier.path()]
        let input = Pipe()
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        let lines = values.map { $0.hexadecimal + "\n" }.joined()
        try input.fileHandleForWriting.write(contentsOf: Data(lines.utf8))
        try input.fileHandleForWriting.close()
        let answer = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: answer, as: UTF8.self)
    }
}
