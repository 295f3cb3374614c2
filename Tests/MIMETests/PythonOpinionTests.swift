import Foundation
import MIME
import MailTesting
import Testing

/// Compares with Python's email package, where it has an opinion.
@Suite struct PythonOpinionTests {
    struct Opinion {
        var fields: [String?]
        var types: String?
    }

    struct Tally {
        var agree = 0
        var differ: [String] = []

        mutating func count(_ isSame: Bool, _ note: @autoclosure () -> String) {
            if isSame { agree += 1 } else { differ.append(note()) }
        }
    }

    /// Fields that we find and Python does not, 53 of some 15,100: its header ends at the first line
    /// that is no field (a stray word, a blank or a byte order mark first, a blank before the colon),
    /// ours at the empty line, as BODY[HEADER] must.
    private static let allowedMissing = 60
    /// Fields that both find, with different values: one message has `From :` before `From:`, and
    /// Python knows only the second.
    private static let allowedDifferent = 1
    /// Messages with other parts, 11 of some 4,190. Six have nothing between two equal delimiter
    /// lines: an empty part, which RFC 2046 §5.1.1 numbers and Python leaves out. Three are nested
    /// deeper than our limit. One has an empty boundary, which RFC 2046 forbids. One is a
    /// message/rfc822 in quoted-printable, which RFC 2046 §5.2.1 forbids: we show its bytes.
    private static let allowedTypes = 11

    @Test func agreesOnFieldsAndMediaTypes() throws {
        guard let folder = Corpus.folder, let opinions = PythonOpinionTests.opinions(of: folder)
        else {
            print("SKIPPED: no python3 or no corpus to compare with")
            return
        }
        var fields = Tally()
        var types = Tally()
        for message in Corpus.messages {
            guard let opinion = opinions[message.name] else { continue }
            let found = summary(Corpus.withCRLF(message.bytes))
            compare(message, found, opinion, &fields, &types)
        }
        print(
            "MIMETests: Python agrees on \(fields.agree) header fields and on the parts of \(types.agree) messages"
        )
        for note in types.differ { print("differs: \(note)") }
        let missing = fields.differ.filter { $0.hasSuffix(" nothing") }
        #expect(missing.count <= PythonOpinionTests.allowedMissing)
        #expect(fields.differ.count - missing.count <= PythonOpinionTests.allowedDifferent)
        #expect(types.differ.count <= PythonOpinionTests.allowedTypes)
        #expect(fields.agree > 14_000 && types.agree > 4_000)
    }

    private func compare(
        _ message: Corpus.Message, _ found: MessageSummary, _ opinion: Opinion,
        _ fields: inout Tally,
        _ types: inout Tally
    ) {
        let bytes = Corpus.withCRLF(message.bytes)
        let ours = ["subject", "from", "message-id"].map { name in rawField(name, of: bytes) }
        for (index, name) in ["subject", "from", "message-id"].enumerated() {
            fields.count(
                ours[index] == opinion.fields[index],
                "\(message.name): \(name): \(ours[index] ?? "nothing") \(opinion.fields[index] ?? "nothing")"
            )
        }
        guard let expected = opinion.types else { return }
        let parts = WireValue(found.body).flatMap { WireRules.parts($0, isExtended: false) } ?? []
        let shown = parts.map(\.type).joined(separator: ",")
        types.count(
            shown == expected,
            "\(message.name): ours \(shown.prefix(200)) python \(expected.prefix(200))")
    }

    /// The first field of that name as the section code finds it, unfolded, in hex.
    private func rawField(_ name: String, of message: [UInt8]) -> String? {
        message.withUnsafeBytes { raw in
            let structure = MessageStructure(parsing: raw)
            let path = SectionPath(kind: .headerFields([name]))
            guard let content = structure.section(path, in: raw), let first = content.ranges.first
            else {
                return nil
            }
            return firstValue(of: Array(raw[first]))
        }
    }

    private func firstValue(of bytes: [UInt8]) -> String? {
        guard let colon = bytes.firstIndex(of: 58) else { return nil }
        var value: [UInt8] = []
        var isBehindFeed = false
        for byte in bytes[(colon + 1)...] {
            if isBehindFeed, byte != 32, byte != 9 { break }
            isBehindFeed = byte == 10
            if byte != 10, byte != 13 { value.append(byte) }
        }
        while let last = value.last, last == 32 || last == 9 { value.removeLast() }
        let trimmed = value.drop { $0 == 32 || $0 == 9 }
        return trimmed.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    /// Runs `python_opinion.py`; nil when there is no python3.
    private static func opinions(of folder: URL) -> [String: Opinion]? {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Support/python_opinion.py")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", script.path, folder.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        guard (try? process.run()) != nil else { return nil }
        let output = String(
            decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0, !output.isEmpty else { return nil }
        var opinions: [String: Opinion] = [:]
        for line in output.split(separator: "\n") {
            let columns = line.split(separator: "\t", omittingEmptySubsequences: false).map(
                String.init)
            guard columns.count == 5 else { continue }
            opinions[columns[0]] = Opinion(
                fields: columns[1...3].map { $0 == "-" ? nil : $0 },
                types: columns[4] == "-" ? nil : columns[4])
        }
        return opinions
    }
}
