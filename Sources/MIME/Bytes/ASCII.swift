/// The bytes that RFC 5322 and RFC 2045 give a meaning.
enum ASCII {
    static let tab = UInt8(ascii: "\t")
    static let lf = UInt8(ascii: "\n")
    static let cr = UInt8(ascii: "\r")
    static let space = UInt8(ascii: " ")
    static let quote = UInt8(ascii: "\"")
    static let backslash = UInt8(ascii: "\\")
    static let openParenthesis = UInt8(ascii: "(")
    static let closeParenthesis = UInt8(ascii: ")")
    static let openAngle = UInt8(ascii: "<")
    static let closeAngle = UInt8(ascii: ">")
    static let openBracket = UInt8(ascii: "[")
    static let closeBracket = UInt8(ascii: "]")
    static let comma = UInt8(ascii: ",")
    static let colon = UInt8(ascii: ":")
    static let semicolon = UInt8(ascii: ";")
    static let at = UInt8(ascii: "@")
    static let dot = UInt8(ascii: ".")
    static let equals = UInt8(ascii: "=")
    static let slash = UInt8(ascii: "/")
    static let hyphen = UInt8(ascii: "-")
    static let plus = UInt8(ascii: "+")
    static let question = UInt8(ascii: "?")
    static let asterisk = UInt8(ascii: "*")
    static let percent = UInt8(ascii: "%")
    static let underscore = UInt8(ascii: "_")
    static let apostrophe = UInt8(ascii: "'")

    /// WSP = SP / HTAB                                                         RFC 5234 §B.1
    @inline(__always)
    static func isSpace(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    /// White space or part of a line end: what folding may put between two words.
    @inline(__always)
    static func isBlank(_ byte: UInt8) -> Bool {
        byte == space || byte == tab || byte == cr || byte == lf
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 48 < 10 }

    @inline(__always)
    static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- 97 < 26 }

    @inline(__always)
    static func lowercase(_ byte: UInt8) -> UInt8 { byte &- 65 < 26 ? byte | 0x20 : byte }

    /// token char = any CHAR except SPACE, CTLs and tspecials                     RFC 2045 §5.1
    static func isToken(_ byte: UInt8) -> Bool {
        guard byte > 32, byte < 127 else { return false }
        switch byte {
        case openParenthesis, closeParenthesis, openAngle, closeAngle, at, comma, semicolon, colon,
            backslash, quote, slash, openBracket, closeBracket, question, equals:
            return false
        default: return true
        }
    }

    /// ftext = any CHAR except CTLs, SP and ":"                                 RFC 5322 §3.6.8
    @inline(__always)
    static func isFieldName(_ byte: UInt8) -> Bool { byte > 32 && byte < 127 && byte != colon }

    static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 48...57: byte &- 48
        case 65...70: byte &- 55
        case 97...102: byte &- 87
        default: nil
        }
    }
}
