extension CommandParser {
    /// A name of the grammar, in capitals; at most 32 bytes, of which 15 cost no allocation.
    mutating func word() throws(ParseStop) -> String {
        let start = position
        while let byte = next, Bytes.isWord(byte) { position += 1 }
        guard position > start else { throw expected("a word") }
        guard position - start <= 32 else { throw bad("unknown word", at: start) }
        try spendToken()
        let word = capitals(start..<position)
        remember(word: word)
        return word
    }

    /// Consumes `name` if it is the whole next word; `name` stands in capitals.
    mutating func skip(word name: String) -> Bool {
        let utf8 = name.utf8
        var index = position
        for wanted in utf8 {
            guard index < bytes.count, Bytes.uppercased(bytes[index]) == wanted else {
                return false
            }
            index += 1
        }
        if index < bytes.count, Bytes.isWord(bytes[index]) { return false }
        position = index
        remember(word: name)
        return true
    }

    /// atom = 1*ATOM-CHAR                                                       RFC 9051 §9
    mutating func atom() throws(ParseStop) -> String {
        let start = position
        while let byte = next, Bytes.isAtom(byte) { position += 1 }
        guard position > start else { throw expected("an atom") }
        try spendToken()
        return text(start..<position)
    }

    /// tag = 1*<any ASTRING-CHAR except "+">                                    RFC 9051 §9
    mutating func readTag() throws(ParseStop) {
        let start = position
        while let byte = next, Bytes.isTag(byte) { position += 1 }
        guard position > start else { throw expected("a tag") }
        guard position - start <= budget.tagBytes else { throw bad("tag too long", at: start) }
        guard position == bytes.count || isNext(UInt8(ascii: " ")) else { throw expected("a tag") }
        remember(tag: text(start..<position))
    }

    /// The bytes as text; only for ranges that rules have found to be ASCII.
    func text(_ range: Range<Int>) -> String {
        String(decoding: UnsafeRawBufferPointer(rebasing: bytes[range]), as: UTF8.self)
    }

    func capitals(_ range: Range<Int>) -> String {
        String(unsafeUninitializedCapacity: range.count) { buffer in
            for offset in 0..<range.count {
                buffer[offset] = Bytes.uppercased(bytes[range.lowerBound + offset])
            }
            return range.count
        }
    }
}
