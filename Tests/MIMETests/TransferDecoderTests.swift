import MIME
import Testing

/// A decoder is fed as the client takes: where the bytes are cut must not show.
@Suite struct TransferDecoderTests {
    private func message(_ encoding: String, _ body: [UInt8]) -> [UInt8] {
        Array("Content-Transfer-Encoding: \(encoding)\r\n\r\n".utf8) + body
    }

    /// Decodes part 1 in pieces of the given sizes, again and again.
    private func decoded(_ message: [UInt8], pieces: [Int]) throws -> [UInt8] {
        try message.withUnsafeBytes { bytes in
            let body = try MessageStructure(parsing: bytes).encodedBody([1], in: bytes)
            var decoder = body.makeDecoder()
            var output: [UInt8] = []
            var position = body.range.lowerBound
            var sizes = pieces.makeIterator()
            repeat {
                let size = sizes.next() ?? pieces[0]
                let end = min(position + size, body.range.upperBound)
                let raw = UnsafeRawBufferPointer(rebasing: bytes[position..<end])
                position = end
                output += [UInt8](
                    unsafeUninitializedCapacity: TransferDecoder.capacity(for: raw.count)
                ) { buffer, count in
                    count = decoder.decode(
                        raw, isLast: end == body.range.upperBound,
                        into: UnsafeMutableRawBufferPointer(buffer))
                }
            } while position < body.range.upperBound
            return output
        }
    }

    private func whole(_ message: [UInt8]) throws -> [UInt8] {
        try message.withUnsafeBytes { bytes in
            try MessageStructure(parsing: bytes).decodedPart([1], in: bytes)
        }
    }

    @Test(arguments: ["base64", "quoted-printable", "8bit"])
    func piecesAreDecodedAsTheWhole(encoding: String) throws {
        var random = SeededRandom(seed: 17)
        let alphabet = Array("=== \t\r\nA4fz9+/\r\n".utf8)
        for round in 0..<2000 {
            let body = (0..<Int.random(in: 0...40, using: &random)).map { _ in
                alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
            }
            let message = message(encoding, body)
            let pieces = (0..<40).map { _ in Int.random(in: 1...7, using: &random) }
            #expect(
                try decoded(message, pieces: pieces) == whole(message),
                "round \(round): \(text(body).debugDescription)")
        }
    }

    @Test func blanksWithoutEndAreNotGathered() throws {
        for count in [1023, 1024, 1025, 5000] {
            let blanks = [UInt8](repeating: UInt8(ascii: " "), count: count)
            for ending in ["x", "\r\n", "\r", ""] {
                for start in ["", "a=", "="] {
                    let body = Array(start.utf8) + blanks + Array(ending.utf8)
                    let message = message("quoted-printable", body)
                    #expect(try decoded(message, pieces: [37]) == whole(message))
                }
            }
        }
        // Lines as RFC 2045 has them lose all of their last blanks.
        let line = message("quoted-printable", Array("a  \t \r\nb".utf8))
        #expect(try text(decoded(line, pieces: [1])) == "a\r\nb")
    }

    @Test func aMeasureTellsSizeAndNUL() throws {
        for (body, size, hasNUL) in [("AAECAw==", 4, true), ("SGVsbG8=", 5, false), ("", 0, false)]
        {
            let message = message("base64", Array(body.utf8))
            try message.withUnsafeBytes { bytes in
                let body = try MessageStructure(parsing: bytes).encodedBody([1], in: bytes)
                let measure = body.measure(in: bytes)
                #expect(measure?.sizeBytes == size && measure?.hasNUL == hasNUL)
            }
        }
    }

    @Test func aMeasureThatIsCancelledEndsAtTheNextPiece() throws {
        let message = message("base64", [UInt8](repeating: 65, count: 1 << 20))
        try message.withUnsafeBytes { bytes in
            let body = try MessageStructure(parsing: bytes).encodedBody([1], in: bytes)
            var asked = 0
            let measure = body.measure(in: bytes) {
                asked += 1
                return asked == 2
            }
            #expect(measure == nil && asked == 2)
        }
    }
}
