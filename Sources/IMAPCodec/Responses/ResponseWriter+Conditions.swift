import MailModel
import NIOCore

/// The condition of a status response: RFC 9051 §7.1.
public enum ResponseCondition: Hashable, Sendable {
    case ok, no, bad, preAuth, bye

    var name: StaticString {
        switch self {
        case .ok: "OK"
        case .no: "NO"
        case .bad: "BAD"
        case .preAuth: "PREAUTH"
        case .bye: "BYE"
        }
    }
}

extension ResponseWriter {
    /// response-tagged = tag SP resp-cond-state CRLF                            RFC 9051 §9
    ///
    /// - Parameter text: what cannot stand on a line is replaced.
    public mutating func writeTagged(
        _ tag: String, _ condition: ResponseCondition, code: ResponseCode? = nil, _ text: String
    ) {
        buffer.writeString(tag)
        writeCondition(condition, code, text)
    }

    /// "*" SP (resp-cond-state / resp-cond-bye / greeting) CRLF                 RFC 9051 §9
    public mutating func writeUntagged(
        _ condition: ResponseCondition, code: ResponseCode? = nil, _ text: String
    ) {
        write(UInt8(ascii: "*"))
        writeCondition(condition, code, text)
    }

    /// The answer to a command that could not be read; BYE is the caller's.
    public mutating func writeFailure(_ failure: ParseFailure) {
        let condition: ResponseCondition = failure.condition == .no ? .no : .bad
        if let tag = failure.tag {
            writeTagged(tag, condition, code: failure.code, failure.message)
        } else {
            writeUntagged(condition, code: failure.code, failure.message)
        }
    }

    /// continue-req = "+" SP resp-text CRLF                                     RFC 9051 §9
    public mutating func writeContinuation(_ text: String) {
        write("+ ")
        writeText(text)
        endLine()
    }

    /// continue-req = "+" SP [base64] CRLF: a SASL challenge, often empty.       RFC 9051 §9
    public mutating func writeContinuation(challenge: [UInt8]) {
        write("+ ")
        buffer.writeBytes(Base64.encode(challenge))
        endLine()
    }

    private mutating func writeCondition(
        _ condition: ResponseCondition, _ code: ResponseCode?, _ text: String
    ) {
        space()
        write(condition.name)
        space()
        if let code {
            write(UInt8(ascii: "["))
            writeCode(code)
            write("] ")
        }
        writeText(text)
        endLine()
    }

    /// text = 1*TEXT-CHAR; never empty, and never what could be read as a code. RFC 9051 §9
    private mutating func writeText(_ text: String) {
        var text = text.isEmpty ? "Done" : text
        text.withUTF8 { bytes in
            write(atMost: bytes.count) { cursor in
                for (index, byte) in bytes.enumerated() {
                    switch byte {
                    case UInt8(ascii: "[") where index == 0: cursor.put(UInt8(ascii: "("))
                    case 0..<0x20, 0x7F: cursor.put(UInt8(ascii: " "))
                    case 0x80...: cursor.put(UInt8(ascii: "?"))
                    default: cursor.put(byte)
                    }
                }
            }
        }
    }
}
