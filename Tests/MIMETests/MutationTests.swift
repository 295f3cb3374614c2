import MIME
import MailTesting
import Testing

/// Real messages, changed at random: nothing may trap, and what comes out is still IMAP.
@Suite struct MutationTests {
    @Test(arguments: 0..<8 as Range<UInt64>)
    func changedMessagesStillHaveASummary(seed: UInt64) {
        let originals = Corpus.messages.filter { $0.bytes.count < 3000 }.map(\.bytes)
        guard !originals.isEmpty else { return }
        var random = SeededRandom(seed: seed)
        for round in 0..<2_500 {
            let index = Int.random(in: originals.indices, using: &random)
            let other = Int.random(in: originals.indices, using: &random)
            let message = mutated(originals[index], with: originals[other], &random)
            message.withUnsafeBytes { raw in
                let structure = MessageStructure(parsing: raw)
                let summary = MessageSummary(of: raw, structure: structure)
                #expect(
                    structure.parts.allSatisfy { isInside($0, raw.count) },
                    "seed \(seed) round \(round)")
                guard round % 5 == 0 else { return }
                #expect(
                    WireValue(summary.envelope).map(WireRules.isEnvelope) == true,
                    "seed \(seed) round \(round)")
                let body = WireValue(summary.bodyStructure).flatMap {
                    WireRules.parts($0, isExtended: true)
                }
                #expect(body != nil, "seed \(seed) round \(round)")
                var search = SearchText(of: raw, structure: structure)
                if round % 25 == 0 { _ = search.bodyText() + search.allHeaderText() }
            }
        }
    }

    private func isInside(_ part: Part, _ count: Int) -> Bool {
        part.headerRange.lowerBound >= 0 && part.headerRange.upperBound == part.bodyRange.lowerBound
            && part.bodyRange.upperBound <= count
    }

    private func mutated(_ bytes: [UInt8], with other: [UInt8], _ random: inout SeededRandom)
        -> [UInt8]
    {
        var message = bytes
        for _ in 0..<Int.random(in: 1...8, using: &random) where !message.isEmpty {
            let place = Int.random(in: message.indices, using: &random)
            let length = min(message.count - place, Int.random(in: 1...40, using: &random))
            switch Int.random(in: 0..<6, using: &random) {
            case 0: message[place] = UInt8.random(in: 0...255, using: &random)
            case 1: message.removeSubrange(place..<(place + length))
            case 2: message.insert(contentsOf: message[place..<(place + length)], at: place)
            case 3: message.insert(contentsOf: special(&random), at: place)
            case 4: message.removeSubrange(place...)
            default:
                let cut = Int.random(in: 0..<max(1, other.count), using: &random)
                message.insert(contentsOf: other.dropFirst(cut).prefix(300), at: place)
            }
        }
        return message
    }

    private func special(_ random: inout SeededRandom) -> [UInt8] {
        let pieces = [
            "\"", "(", ")", "<", ">", "@", ",", ";", ":", "=?utf-8?b?", "?=", "\r\n", "\n", "\r\n ",
            "\r", "\0", "[",
            "\\", "--", "\r\n--", "boundary=",
            "Content-Type: multipart/mixed; boundary=\"x\"\r\n\r\n--x\r\n",
            "Content-Type: message/rfc822\r\n\r\n", "Content-Transfer-Encoding: base64\r\n", "=",
            "\u{e9}", "*0*=",
        ]
        return Array(pieces[Int.random(in: pieces.indices, using: &random)].utf8)
    }
}
