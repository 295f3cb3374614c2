import Logging

/// What a client sent, fit for a log: S23.
package enum LogText {
    static let maximumBytes = 256

    /// Everything outside printable ASCII as `\xNN`, at most 256 bytes.
    package static func escaped(_ text: String) -> String {
        var result = ""
        for byte in text.utf8 {
            guard result.utf8.count <= maximumBytes - 7 else { return result + "…" }
            switch byte {
            case UInt8(ascii: "\\"): result += "\\\\"
            case 0x20...0x7E: result.unicodeScalars.append(UnicodeScalar(byte))
            default: result += "\\x" + hexadecimal(byte >> 4) + hexadecimal(byte & 0xF)
            }
        }
        return result
    }

    private static func hexadecimal(_ digit: UInt8) -> String { String(digit, radix: 16) }
}

extension Logger.MetadataValue {
    /// A value that came from a client.
    static func client(_ text: String) -> Logger.MetadataValue {
        .string(LogText.escaped(text))
    }
}
