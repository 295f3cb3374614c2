/// Decodes the RFC 2047 words of a header field into UTF-8.
///
/// Words are found wherever they stand, also inside quoted strings: RFC 2047 §5 forbids that, mail
/// does it, and SEARCH should find what clients show. Neighbours of one charset are joined before
/// decoding, because some programs split characters between words.
struct EncodedWords {
    private let view: ByteView
    private var left: Int
    private var output: [UInt8] = []
    /// Decoded bytes of the words so far, not yet in UTF-8.
    private var pending: [UInt8] = []
    private var charset: [UInt8] = []
    private var hasWord = false

    private struct Word {
        var charset: Range<Int>
        var isBase64: Bool
        var text: Range<Int>
        var end: Int
    }

    /// - Parameter field: a raw value; folds are taken out.
    static func decode(_ view: ByteView, _ field: Range<Int>, limits: MIMELimits) -> [UInt8] {
        var unfolded: [UInt8] = []
        view.appendUnfolded(view.trimmed(field), to: &unfolded)
        return unfolded.withUnsafeBytes { raw in
            let text = ByteView(raw)
            guard text.first(ASCII.equals, from: 0, to: text.count) != nil else {
                return Charset.guess(raw)
            }
            var words = EncodedWords(text, limits: limits)
            words.run()
            return words.output
        }
    }

    private init(_ view: ByteView, limits: MIMELimits) {
        self.view = view
        left = limits.encodedWords
    }

    private mutating func run() {
        /// Where the text starts that has not been written.
        var start = 0
        var position = 0
        while left > 0, let mark = view.first(ASCII.equals, from: position, to: view.count) {
            guard let word = word(at: mark) else {
                position = mark + 1
                continue
            }
            left -= 1
            if !hasWord || !isBlank(start..<mark) { plain(start..<mark) }
            take(word)
            start = word.end
            position = word.end
        }
        plain(start..<view.count)
    }

    // encoded-word = "=?" charset ["*" language] "?" encoding "?" encoded-text "?="
    //                                                              RFC 2047 §2, RFC 2231 §5
    private func word(at start: Int) -> Word? {
        guard view[start + 1] == ASCII.question else { return nil }
        var index = start + 2
        while index < view.count, ASCII.isToken(view[index]) { index += 1 }
        guard index > start + 2, view[index] == ASCII.question, view[index + 2] == ASCII.question
        else {
            return nil
        }
        let encoding = ASCII.lowercase(view[index + 1])
        guard encoding == UInt8(ascii: "b") || encoding == UInt8(ascii: "q") else { return nil }
        // A "?" ends the text; without "=" behind it this is no word. Q text of sloppy programs has
        // bare question marks, B text never has.
        guard let end = textEnd(from: index + 3) else { return nil }
        return Word(
            charset: (start + 2)..<index, isBase64: encoding == UInt8(ascii: "b"),
            text: (index + 3)..<end, end: end + 2)
    }

    /// RFC 2047 §2 allows 75 bytes; longer words exist, endless ones are not looked for.
    private func textEnd(from start: Int) -> Int? {
        var index = start
        let limit = min(view.count, start + 2048)
        while let mark = view.first(ASCII.question, from: index, to: limit) {
            if view[mark + 1] == ASCII.equals { return mark }
            index = mark + 1
        }
        return nil
    }

    private func isBlank(_ range: Range<Int>) -> Bool { view.trimmed(range).isEmpty }

    private mutating func plain(_ range: Range<Int>) {
        flush()
        hasWord = false
        output.append(contentsOf: Charset.guess(view.raw(range)))
    }

    private mutating func take(_ word: Word) {
        var name = word.charset
        if let star = view.first(ASCII.asterisk, from: name.lowerBound, to: name.upperBound) {
            name = name.lowerBound..<star
        }
        if !hasWord || !view.equals(name, charset) {
            flush()
            charset = view.array(name).map(ASCII.lowercase)
        }
        hasWord = true
        if word.isBase64 {
            pending.append(contentsOf: Base64.decode(view.raw(word.text)))
        } else {
            appendQ(word.text)
        }
    }

    // Q encoding: "_" is a space, "=XX" a byte                                 RFC 2047 §4.2
    private mutating func appendQ(_ range: Range<Int>) {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = view[index]
            if byte == ASCII.equals, index + 2 < range.upperBound,
                let high = ASCII.hexDigit(view[index + 1]),
                let low = ASCII.hexDigit(view[index + 2])
            {
                pending.append(high << 4 | low)
                index += 3
            } else {
                pending.append(byte == ASCII.underscore ? ASCII.space : byte)
                index += 1
            }
        }
    }

    private mutating func flush() {
        guard !pending.isEmpty else { return }
        let name = String(decoding: charset, as: UTF8.self)
        let text = pending.withUnsafeBytes { Charset.decode($0, from: name) ?? Charset.guess($0) }
        output.append(contentsOf: text)
        pending.removeAll(keepingCapacity: true)
    }
}
