import Foundation
import MailTesting
import Testing

extension ProcessTests {
    /// RELIABILITY F4, as a client sees it.
    @Suite struct DamagedBodyTests {
        @Test func aDamagedBodyIsRefusedAndNamedInTheLogAndTheOthersAreServed() async throws {
            let answers = try await onOwnThread { try AlteredBody.answers() }
            for damaged in answers.damaged {
                #expect(damaged.contains(" NO [CORRUPTION] "), "\(damaged)")
            }
            #expect(answers.sound.contains(" OK "))
            let lines = answers.log.split(separator: "\n").filter { $0.contains("damaged") }
            #expect(lines.count == 1, "\(lines)")
            #expect(lines.first?.contains("00000001.seg") == true)
        }
    }
}

private enum AlteredBody {
    struct Answers: Sendable {
        let damaged: [String]
        let sound: String
        let log: String
    }

    /// Two messages, of which one is then altered in its segment.
    static func answers() throws -> Answers {
        let place = try TemporaryDirectory()
        let server = try ServerProcess(store: place.path + "/store")
        let client = try IMAPClient(port: server.port)
        _ = try client.command("LOGIN ann \(ServerProcess.password)")
        for text in ["find this", "whole"] {
            let letter = Array("Subject: x\r\n\r\n\(text)\r\n".utf8)
            _ = try client.command("APPEND INBOX ", .literal(letter))
        }
        _ = try client.command("SELECT INBOX")
        let segment = URL(fileURLWithPath: server.store + "/segments/00000001.seg")
        let handle = try FileHandle(forUpdating: segment)
        guard let bytes = try handle.readToEnd(),
            let range = bytes.range(of: Data("find this".utf8))
        else { throw ProcessFailure("no body in the segment") }
        try handle.seek(toOffset: UInt64(range.lowerBound))
        try handle.write(contentsOf: Data("f".utf8.map { $0 ^ 1 }))
        try handle.close()
        let commands = ["FETCH 1 BODY[]", "FETCH 1 BODY[1]", "FETCH 1:2 BODY.PEEK[TEXT]"]
        let damaged = try commands.map { try client.command(.text($0)).tagged }
        let sound = try client.command("FETCH 2 BODY[]").tagged
        return Answers(damaged: damaged, sound: sound, log: server.log)
    }
}
