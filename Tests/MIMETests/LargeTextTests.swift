import MIME
import Testing

/// Large texts are searched in pieces: where they are cut must not show.
@Suite struct LargeTextTests {
    private static let size = 600_000

    /// A message whose body is filler with `marks` somewhere in it.
    private func message(
        _ fields: String, filler: [UInt8], _ marks: [(Int, [UInt8])], base64: Bool = false
    ) -> [UInt8] {
        var body: [UInt8] = []
        while body.count < Self.size { body += filler }
        for (offset, bytes) in marks {
            body.replaceSubrange(offset..<(offset + bytes.count), with: bytes)
        }
        return mail("Subject: s\n\(fields)\n\n") + (base64 ? encoded(body) : body)
    }

    private func encoded(_ bytes: [UInt8]) -> [UInt8] {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var output: [UInt8] = []
        for start in stride(from: 0, to: bytes.count - 2, by: 3) {
            let (a, b, c) = (Int(bytes[start]), Int(bytes[start + 1]), Int(bytes[start + 2]))
            output += [a >> 2, (a & 3) << 4 | b >> 4, (b & 15) << 2 | c >> 6, c & 63].map {
                digits[$0]
            }
        }
        return output
    }

    private func isFound(_ needle: String, in message: [UInt8]) throws -> Bool {
        let needle = try #require(SearchNeedle(Array(needle.utf8)))
        return message.withUnsafeBytes { bytes in
            var search = SearchText(of: bytes)
            return search.bodyContains(needle)
        }
    }

    /// Places around the ends of pieces.
    private static let places = [65_536, 2 * 65_536].flatMap { end in
        (-9...9).map { end + $0 }
    }

    @Test(arguments: places)
    func aTextThatLiesAcrossPiecesIsFound(place: Int) throws {
        let message = message(
            "Content-Type: text/plain; charset=utf-8", filler: Array("abcdefgh\r\n".utf8),
            [(place, Array("Gr\u{fc}\u{df}e!".utf8))])
        #expect(try isFound("GR\u{dc}\u{df}E!", in: message))
        #expect(try !isFound("Gr\u{fc}\u{df}e?", in: message))
    }

    @Test(arguments: places)
    func aMarkJoinsALetterOfThePieceBefore(place: Int) throws {
        let message = message(
            "Content-Type: text/plain; charset=utf-8", filler: Array("\u{4e00}".utf8),
            [(place / 3 * 3, Array("cafe\u{301}xyz".utf8))])
        #expect(try isFound("caf\u{e9}xyz", in: message))
    }

    @Test(arguments: [65_533, 65_534, 65_535, 65_536])
    func charsetsAreDecodedAcrossPieces(place: Int) throws {
        let japanese = message(
            "Content-Type: text/plain; charset=shift_jis", filler: Array("ab\r\n".utf8),
            [(place, [0x93, 0xFA, 0x96, 0x7B, 0x8C, 0xEA])])
        #expect(try isFound("\u{65e5}\u{672c}\u{8a9e}", in: japanese))
        let latin = message("X-A: b", filler: Array("ab\r\n".utf8), [(place, [0x43, 0x41, 0xC9])])
        #expect(try isFound("ca\u{e9}", in: latin))
        let encoded = message(
            "Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: base64",
            filler: Array("ab\r\n".utf8), [(place, [0xF0, 0xD2, 0xC9])], base64: true)
        #expect(try isFound("\u{43f}\u{440}\u{438}", in: encoded))
    }

    @Test func aSearchCanBeGivenUpWithinAText() throws {
        struct Stop: Error {}
        let message = message("X-A: b", filler: Array("ab\r\n".utf8), [])
        let needle = try #require(SearchNeedle(Array("nothing".utf8)))
        var pieces = 0
        #expect(throws: Stop.self) {
            try message.withUnsafeBytes { bytes in
                var search = SearchText(of: bytes)
                _ = try search.bodyContains(needle) {
                    pieces += 1
                    if pieces == 3 { throw Stop() }
                }
            }
        }
        #expect(pieces == 3)
    }
}
