/// Words of an address put together: as a display name, or as local part "@" domain.
///
/// Blanks and comments between words become one space, except next to "@" and, within a domain,
/// next to a dot.
struct AddressWords {
    private(set) var text: [UInt8] = []
    /// Where the last "@" outside quotes stands.
    private var atOffset: Int?
    private var blankPending = false
    private var hasQuoted = false

    var isEmpty: Bool { text.isEmpty && !hasQuoted }
    var hasAt: Bool { atOffset != nil }

    /// What stands before the last "@", or everything.
    var mailbox: ArraySlice<UInt8> { text[..<(atOffset ?? text.count)] }
    /// What stands behind the last "@", or nothing.
    var host: ArraySlice<UInt8> {
        guard let atOffset else { return [] }
        return text[(atOffset + 1)...]
    }

    mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        atOffset = nil
        blankPending = false
        hasQuoted = false
    }

    mutating func blank() { blankPending = !text.isEmpty }

    mutating func at() {
        blankPending = false
        atOffset = text.count
        text.append(ASCII.at)
    }

    mutating func append(_ view: ByteView, _ range: Range<Int>) {
        space(before: view[range.lowerBound])
        text.append(contentsOf: view.raw(range))
    }

    mutating func appendQuoted(_ view: ByteView, _ range: Range<Int>) {
        hasQuoted = true
        space(before: ASCII.quote)
        HeaderLexer.appendUnescaped(view, range, to: &text)
    }

    private mutating func space(before byte: UInt8) {
        guard blankPending else { return }
        blankPending = false
        if let atOffset {
            guard text.count > atOffset + 1, text[text.count - 1] != ASCII.dot, byte != ASCII.dot
            else { return }
        }
        text.append(ASCII.space)
    }
}
