import IMAPCodec
import NIOCore
import Testing

/// Damaged input: never a trap, never out of step.
@Suite struct MutationTests {
    static let seed: UInt64 = 0x2180_3501
    static let fragments: [[UInt8]] = [
        "(", ")", "\"", "\\", "{1}\r\n", "{3+}\r\n", "~{2+}\r\n", " ", "\r\n", "\n", "\r", "*", "%",
        "[", "]", "<0.1>", "4294967296", "9223372036854775808", "NIL", "&", "&AOk-", "\u{0}", "é",
        "{99999999999999999999+}\r\n", "UID ", "APPEND ", "(((((", ",", ":", "$", "+", "-", ".",
    ].map { Array($0.utf8) }

    @Test func damagedCommandsNeitherTrapNorDesynchronise() {
        var random = SeededGenerator(seed: MutationTests.seed)
        for round in 0..<100_000 {
            guard let sample = sampleCommands.randomElement(using: &random) else { return }
            let bytes = damaged(Array(sample.utf8), &random)
            #expect(survives(bytes), "seed \(MutationTests.seed), round \(round): \(bytes)")
        }
    }

    @Test func damagedStreamsInRandomPiecesGiveTheSameAsWhole() {
        var random = SeededGenerator(seed: MutationTests.seed &+ 1)
        for round in 0..<3_000 {
            var bytes: [UInt8] = []
            for _ in 0..<4 {
                bytes += damaged(
                    Array((sampleCommands.randomElement(using: &random) ?? "").utf8), &random)
            }
            var whole = Listener()
            whole.feed(bytes)
            var pieces = Listener()
            var rest = bytes[...]
            while !rest.isEmpty {
                let count = Int.random(in: 1...min(rest.count, 20), using: &random)
                pieces.feed(rest.prefix(count))
                rest = rest.dropFirst(count)
            }
            #expect(whole.heard == pieces.heard, "round \(round): \(bytes)")
        }
    }

    /// Feeds the bytes and then what brings any decoder back to the start of a command: more bytes
    /// than a literal may have, and a line end. A NOOP after it must be read.
    private func survives(_ bytes: [UInt8]) -> Bool {
        var listener = Listener(limits: MutationTests.limits)
        listener.feed(bytes)
        listener.feed("\r\n")
        for _ in 0..<4 where !isAtRest(listener) {
            listener.feed(repeatElement(UInt8(ascii: "x"), count: 300))
            listener.feed("\r\n")
        }
        for case .failed(let failure) in listener.heard where failure.mustClose { return true }
        guard isAtRest(listener) else { return false }
        listener.feed("zz NOOP\r\n")
        return listener.heard.last == .command(TaggedCommand(tag: "zz", command: .noop))
    }

    private func isAtRest(_ listener: Listener) -> Bool {
        listener.decoder.isBetweenCommands && listener.buffer.readableBytes == 0
    }

    /// Small enough that 300 bytes are more than any literal that is taken or skipped.
    private static let limits: ParserLimits = {
        var limits = ParserLimits.afterLogin
        limits.literalBytes = 200
        limits.literalTotalBytes = 280
        limits.discardedLiteralBytes = 100
        limits.appendBytes = 200
        limits.discardedAppendBytes = 250
        return limits
    }()

    private func damaged(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<Int.random(in: 1...3, using: &random) {
            let place = Int.random(in: 0...bytes.count, using: &random)
            switch Int.random(in: 0..<5, using: &random) {
            case 0: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
            case 1 where place < bytes.count: bytes.remove(at: place)
            case 2 where place < bytes.count:
                bytes[place] = UInt8.random(in: 0...255, using: &random)
            case 3:
                let other = Array((sampleCommands.randomElement(using: &random) ?? "").utf8)
                bytes.insert(contentsOf: other.prefix(10), at: place)
            default:
                let piece = MutationTests.fragments.randomElement(using: &random) ?? []
                bytes.insert(contentsOf: piece, at: place)
            }
        }
        return bytes
    }
}
