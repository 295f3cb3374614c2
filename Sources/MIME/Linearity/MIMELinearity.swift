/// Shows that the time for a message grows no faster than its size: RELIABILITY.md S15.
///
/// Benchmarks call `run`; the ordinary tests only parse the shapes, because a test that looks at the
/// clock fails on a busy machine.
public enum MIMELinearity {
    /// A message that is bad on purpose, of about any size.
    public struct Shape: Sendable {
        public let name: String
        /// - Parameter size: bytes, roughly.
        public let make: @Sendable (_ size: Int) -> [UInt8]
    }

    public struct Figure: Sendable {
        public let name: String
        public let size: Int
        public let seconds: Double
        /// How much longer twice the size took; the requirement is 2.5.
        public let ratio: Double
    }

    /// Measures each shape at a size and at twice that, the best of some rounds each.
    public static func run(size: Int = 4 << 20, rounds: Int = 3) -> [Figure] {
        shapes.map { shape in
            let single = best(of: rounds, shape.make(size))
            let double = best(of: rounds, shape.make(size * 2))
            return Figure(
                name: shape.name, size: size, seconds: single, ratio: double / max(single, 1e-9))
        }
    }

    private static func best(of rounds: Int, _ message: [UInt8]) -> Double {
        var best = Double.infinity
        for _ in 0..<max(1, rounds) {
            let clock = ContinuousClock()
            let taken = clock.measure { _ = parse(message) }.components
            best = min(best, Double(taken.seconds) + Double(taken.attoseconds) * 1e-18)
        }
        return best
    }

    /// Everything that is ever done with a message: the summary, and a search.
    ///
    /// - Returns: whether the search found something, so that nothing is optimised away.
    public static func parse(_ message: [UInt8]) -> Bool {
        message.withUnsafeBytes { bytes in
            let structure = MessageStructure(parsing: bytes)
            let summary = MessageSummary(of: bytes, structure: structure)
            var text = SearchText(of: bytes, structure: structure)
            guard let needle = SearchNeedle([0x01]), !summary.envelope.isEmpty else { return false }
            return text.contains(needle)
        }
    }
}
