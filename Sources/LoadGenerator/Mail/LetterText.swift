/// Lines of text of which only the total length is given.
struct LetterText {
    /// Bytes with all CRLFs; less than 2 leaves room for no line, and is filled up with spaces.
    let length: Int

    private static let lineBytes = 72

    /// Appends words in lines of at most 76 bytes; the known word stands in the first line.
    func write(_ random: inout Random, hasKnownWord: Bool, to output: ByteQueue) {
        let end = output.count + length
        if hasKnownWord, length > 16 {
            output.append(Vocabulary.bodyWord)
            output.append(byte: 0x20)
        }
        var lineStart = output.count
        while end - output.count > LetterText.lineBytes + 24 {
            let word = Vocabulary.words[random.below(Vocabulary.words.count)]
            output.append(word)
            if output.count - lineStart >= LetterText.lineBytes - 12 {
                output.append("\r\n")
                lineStart = output.count
            } else {
                output.append(byte: 0x20)
            }
        }
        LetterText.pad(to: end, output)
    }

    /// Appends lines of 76 characters of base64.
    func writeBase64(_ random: inout Random, to output: ByteQueue) {
        let end = output.count + length
        while end - output.count > 80 {
            for _ in 0..<19 {
                var bits = random.next()
                for _ in 0..<4 {
                    output.append(byte: Vocabulary.base64[Int(bits & 63)])
                    bits >>= 6
                }
            }
            output.append("\r\n")
        }
        // Four characters each three bytes; what is over are line ends.
        let rest = end - output.count
        output.append(byte: 0x41, times: rest > 2 ? (rest - 2) / 4 * 4 : 0)
        LetterText.padLineEnds(to: end, output)
    }

    private static func pad(to end: Int, _ output: ByteQueue) {
        let rest = end - output.count
        guard rest >= 2 else { return output.append(byte: 0x20, times: rest) }
        output.append(byte: 0x2E, times: min(rest - 2, 40))
        if rest - 2 > 40 {
            output.append(byte: 0x20)
            output.append(byte: 0x2D, times: rest - 2 - 41)
        }
        output.append("\r\n")
    }

    private static func padLineEnds(to end: Int, _ output: ByteQueue) {
        var rest = end - output.count
        if rest % 2 == 1 {
            output.append(byte: 0x20)
            rest -= 1
        }
        for _ in 0..<rest / 2 { output.append("\r\n") }
    }
}
