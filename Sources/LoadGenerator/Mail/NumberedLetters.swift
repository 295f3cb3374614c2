/// Letters that cost no more than a copy: a few made in advance, which get their number when they
/// are written.
///
/// The number stands in the Message-ID, so that no two letters are the same.
final class NumberedLetters: AppendCommand.Source {
    private let models: [ByteQueue]
    /// Where the ten digits stand in each model.
    private let places: [Int]
    private let size: Int

    /// - Parameter size: of each letter, in bytes.
    init(size: Int, seed: UInt64 = 1) {
        self.size = size
        let letters = Letters(seed: seed, size: size)
        // Memory for a megabyte or two: within the processor's caches, or nearly.
        models = (1...max(1, min(64, (2 << 20) / size))).map { number in
            let model = ByteQueue(capacity: size)
            letters.write(number, to: model)
            return model
        }
        places = models.map { $0.bytes.position(of: "Message-ID: <letter-").map { $0 + 20 } ?? 0 }
    }

    func size(of message: Int) -> Int { size }

    func writeAttributes(of message: Int, to output: ByteQueue) { output.append("(\\Seen) ") }

    func write(_ message: Int, to output: ByteQueue) {
        let model = message % models.count
        let bytes = models[model].bytes
        let place = places[model]
        output.append(UnsafeRawBufferPointer(rebasing: bytes[..<place]))
        output.append(decimal: message, width: 10)
        output.append(UnsafeRawBufferPointer(rebasing: bytes[(place + 10)...]))
    }
}
