import Testing

@testable import LoadGenerator

@Suite struct ResponseReaderTests {
    private static let responses = [
        "* OK ready\r\n",
        "* 3 FETCH (UID 7 BODY[] {12}\r\nfirst\r\nlast) FLAGS (\\Seen))\r\n",
        "* 4 FETCH (ENVELOPE (\"a\" {3}\r\nb)\" {0}\r\n NIL) UID 9)\r\n",
        "+ go ahead\r\n",
        "a1 OK [APPENDUID 1 2] done {3 or so}\r\n",
    ]

    @Test(arguments: 1...40)
    func responsesAreTheSameHoweverTheyArrive(pieceBytes: Int) {
        let stream = Array(ResponseReaderTests.responses.joined().utf8)
        let queue = ByteQueue(capacity: 16)
        var reader = ResponseReader()
        var found: [String] = []
        for start in stride(from: 0, to: stream.count, by: pieceBytes) {
            queue.append(stream[start..<min(stream.count, start + pieceBytes)])
            while let length = reader.next(in: queue.bytes) {
                found.append(String(decoding: queue.bytes.prefix(length), as: UTF8.self))
                queue.consume(length)
            }
        }
        #expect(found == ResponseReaderTests.responses)
        #expect(queue.isEmpty)
    }

    @Test func whatIsMissingOfALiteralIsKnown() {
        let queue = ByteQueue()
        queue.append(Array("* 1 FETCH (BODY[] {1000}\r\nabc".utf8))
        var reader = ResponseReader()
        #expect(reader.next(in: queue.bytes) == nil)
        #expect(reader.missing(from: queue.count) == 997)
    }

    @Test(
        arguments: [
            ("x {12}\r\n", 12), ("x {12+}\r\n", 12), ("{0}\r\n", 0), ("x 12}\r\n", nil),
            ("x {}\r\n", nil), ("x {1a}\r\n", nil), ("}\r\n", nil), ("x {12}\n", nil),
            ("{99999999999}\r\n", nil),
        ] as [(String, Int?)])
    func literalsAreToldFromTheLineEnd(line: String, size: Int?) {
        let found = Array(line.utf8).withUnsafeBytes { literalSize(endingOf: $0) }
        #expect(found == size)
    }
}
