/// The classes of bytes of RFC 9051 §9.
enum Bytes {
    /// CTL is 0x00–0x1F and 0x7F; 8-bit bytes are in no class of atoms.
    ///
    /// ATOM-CHAR = <any CHAR except atom-specials>
    @inline(__always)
    static func isAtom(_ byte: UInt8) -> Bool {
        switch byte {
        case 0...0x20, 0x7F...0xFF, UInt8(ascii: "("), UInt8(ascii: ")"), UInt8(ascii: "{"),
            UInt8(ascii: "%"), UInt8(ascii: "*"), UInt8(ascii: "\""), UInt8(ascii: "\\"),
            UInt8(ascii: "]"):
            false
        default: true
        }
    }

    /// ASTRING-CHAR = ATOM-CHAR / resp-specials
    ///
    /// Raw UTF-8 is taken too: clients send mailbox names so, whatever was enabled.
    @inline(__always)
    static func isAString(_ byte: UInt8) -> Bool {
        isAtom(byte) || byte == UInt8(ascii: "]") || byte >= 0x80
    }

    /// list-char = ATOM-CHAR / list-wildcards / resp-specials
    @inline(__always)
    static func isListChar(_ byte: UInt8) -> Bool {
        isAString(byte) || byte == UInt8(ascii: "%") || byte == UInt8(ascii: "*")
    }

    /// tag = 1*<any ASTRING-CHAR except "+">
    @inline(__always)
    static func isTag(_ byte: UInt8) -> Bool {
        byte < 0x80 && isAString(byte) && byte != UInt8(ascii: "+")
    }

    /// Of the names that the grammar knows: letters, digits, ".", "-", "_", "=".
    @inline(__always)
    static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
            UInt8(ascii: "_"), UInt8(ascii: "="):
            true
        default: false
        }
    }

    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    /// An ASCII letter in capitals, any other byte as it is.
    @inline(__always)
    static func uppercased(_ byte: UInt8) -> UInt8 {
        byte >= UInt8(ascii: "a") && byte <= UInt8(ascii: "z") ? byte & 0xDF : byte
    }
}
