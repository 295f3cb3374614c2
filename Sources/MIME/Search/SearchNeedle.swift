/// A text to look for, prepared once for any number of messages.
///
/// Matching is by substring, with the case folded beyond ASCII and marks joined to their letters on
/// both sides: RFC 9051 §6.4.4.
public struct SearchNeedle: Sendable, Hashable {
    /// Folded UTF-8.
    let folded: [UInt8]
    /// For each length of a matched beginning, the length of the longest shorter one that is still
    /// matched when the next byte is not: Knuth, Morris and Pratt.
    private let fallbacks: [Int32]

    /// Decoded strictly: what stands for bad bytes in mail would find all mail that has bad bytes.
    ///
    /// - Parameter charset: that of the SEARCH command; nil means US-ASCII or UTF-8, whichever it is.
    /// - Returns: nil when the charset is unknown, or the text is none in it: [BADCHARSET].
    public init?(_ bytes: [UInt8], charset: String? = nil) {
        let text = bytes.withUnsafeBytes { raw in
            if let charset {
                Charset.decodeStrictly(raw, from: charset)
            } else {
                Charset.guess(raw)
            }
        }
        // An unfinished shift sequence is nothing, which is in every text.
        guard let text, text.isEmpty == bytes.isEmpty else { return nil }
        folded = text.withUnsafeBytes { CaseFolding.fold($0) }
        fallbacks = SearchNeedle.fallbacks(of: folded)
    }

    private static func fallbacks(of needle: [UInt8]) -> [Int32] {
        var table = [Int32](repeating: 0, count: needle.count)
        var length = 0
        for index in needle.indices.dropFirst() {
            while length > 0, needle[index] != needle[length] { length = Int(table[length - 1]) }
            if needle[index] == needle[length] { length += 1 }
            table[index] = Int32(truncatingIfNeeded: length)
        }
        return table
    }

    /// An empty text is in every text.
    public var isEmpty: Bool { folded.isEmpty }

    /// Whether the needle is in a text that `SearchText` gave.
    public func matches(_ text: [UInt8]) -> Bool { text.withUnsafeBytes { matches($0) } }

    /// Linear in the length of the text, whatever both are: memchr finds where a match may begin, and
    /// no byte is read twice behind that.
    public func matches(_ text: UnsafeRawBufferPointer) -> Bool {
        var matched = 0
        return matches(text, &matched)
    }

    /// The same for a text that comes in pieces.
    ///
    /// - Parameter matched: bytes of the needle that the pieces so far end with; 0 at the first.
    func matches(_ text: UnsafeRawBufferPointer, _ matched: inout Int) -> Bool {
        guard let first = folded.first else { return true }
        let view = ByteView(text)
        var position = 0
        while position < view.count {
            if matched == 0 {
                guard let start = view.first(first, from: position, to: view.count) else {
                    return false
                }
                position = start + 1
                matched = 1
            } else if view[position] == folded[matched] {
                position += 1
                matched += 1
            } else {
                matched = Int(fallbacks[matched - 1])
            }
            if matched == folded.count { return true }
        }
        return false
    }
}
