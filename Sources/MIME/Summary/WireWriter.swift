/// Writes IMAP strings and lists: RFC 9051 §4.3.
///
/// A string is quoted only when every client can read it so: no CR, LF, NUL, no 8-bit byte, at most
/// `longestQuoted` bytes. Everything else is a literal with its exact length (RELIABILITY.md S29).
struct WireWriter {
    private(set) var bytes: [UInt8] = []
    /// Holds an unfolded value while it is written.
    private var scratch: [UInt8] = []

    static let longestQuoted = 1_000

    mutating func reserve(_ count: Int) { bytes.reserveCapacity(count) }
    mutating func byte(_ byte: UInt8) { bytes.append(byte) }
    mutating func space() { bytes.append(ASCII.space) }

    mutating func text(_ text: StaticString) {
        text.withUTF8Buffer { bytes.append(contentsOf: $0) }
    }

    mutating func null() { text("NIL") }

    mutating func number(_ value: Int) {
        guard value >= 10 else {
            bytes.append(48 + UInt8(truncatingIfNeeded: max(0, value)))
            return
        }
        var digits: (UInt64, UInt64, UInt64) = (0, 0, 0)
        withUnsafeMutableBytes(of: &digits) { digits in
            var index = digits.count
            var rest = value
            while rest > 0, index > 0 {
                index -= 1
                digits[index] = 48 + UInt8(truncatingIfNeeded: rest % 10)
                rest /= 10
            }
            bytes.append(contentsOf: digits[index...])
        }
    }

    /// Takes `count` bytes off the end and puts a copy of an earlier range there.
    mutating func copy(_ range: Range<Int>, droppingLast count: Int) {
        bytes.removeLast(min(count, bytes.count))
        let range = range.clamped(to: 0..<bytes.count)
        bytes.append(contentsOf: Array(bytes[range]))
    }

    mutating func string(_ value: [UInt8]) { value.withUnsafeBytes { string($0) } }
    mutating func string(_ value: ArraySlice<UInt8>) { value.withUnsafeBytes { string($0) } }

    // string = quoted / literal                                                RFC 9051 §9
    mutating func string(_ value: UnsafeRawBufferPointer) {
        var escapes = 0
        var quotable = value.count <= WireWriter.longestQuoted
        for byte in value {
            if byte == ASCII.quote || byte == ASCII.backslash { escapes += 1 }
            if byte >= 0x80 || byte == 0 || byte == ASCII.cr || byte == ASCII.lf {
                quotable = false
            }
        }
        guard quotable else { return literal(value) }
        bytes.append(ASCII.quote)
        if escapes == 0 {
            bytes.append(contentsOf: value)
        } else {
            for byte in value {
                if byte == ASCII.quote || byte == ASCII.backslash { bytes.append(ASCII.backslash) }
                bytes.append(byte)
            }
        }
        bytes.append(ASCII.quote)
    }

    // literal = "{" number "}" CRLF *CHAR8                                     RFC 9051 §9
    private mutating func literal(_ value: UnsafeRawBufferPointer) {
        bytes.append(UInt8(ascii: "{"))
        number(value.count)
        text("}\r\n")
        bytes.append(contentsOf: value)
    }

    /// A header field's value as a string, without its folds and the blanks around it; NIL when the
    /// field is missing.
    mutating func field(_ value: Range<Int>?, in view: ByteView) {
        guard let value else { return null() }
        let trimmed = view.trimmed(value)
        guard view.first(ASCII.lf, from: trimmed.lowerBound, to: trimmed.upperBound) != nil else {
            return string(view.raw(trimmed))
        }
        scratch.removeAll(keepingCapacity: true)
        view.appendUnfolded(trimmed, to: &scratch)
        stringFromScratch()
    }

    /// Writing `bytes` while `scratch` is read would be one access too many: the value is taken out
    /// for that time.
    private mutating func stringFromScratch() {
        var value: [UInt8] = []
        swap(&value, &scratch)
        string(value)
        swap(&value, &scratch)
    }
}
