import MailModel

extension CommandParser {
    /// mailbox = "INBOX" / astring                                              RFC 9051 §9
    mutating func mailbox() throws(ParseStop) -> MailboxArgument {
        switch decodedName(try astring()) {
        case .invalid(let reason): return .invalid(reason: reason)
        case .valid(let text):
            do { return .valid(try MailboxName(text)) } catch {
                return .invalid(reason: "mailbox name \(describe(error))")
            }
        }
    }

    /// The reference of LIST, a mailbox that may be empty or end in a separator.
    mutating func reference() throws(ParseStop) -> PatternArgument { decodedName(try astring()) }

    /// list-mailbox = 1*list-char / string                                      RFC 9051 §9
    mutating func listMailbox() throws(ParseStop) -> PatternArgument {
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "{"): return decodedName(try string())
        default:
            let start = position
            while let byte = next, Bytes.isListChar(byte) { position += 1 }
            guard position > start else { throw expected("a mailbox pattern") }
            try spendToken()
            return decodedName(Array(bytes[start..<position]))
        }
    }

    private func decodedName(_ bytes: [UInt8]) -> PatternArgument {
        if encoding.mailboxNames == .utf8 || bytes.contains(where: { $0 >= 0x80 }) {
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return .invalid(reason: "mailbox name is not UTF-8")
            }
            return .valid(text)
        }
        guard let text = ModifiedUTF7.decode(bytes) else {
            return .invalid(reason: "mailbox name is not modified UTF-7")
        }
        return .valid(text)
    }

    private func describe(_ defect: MailboxName.Defect) -> StaticString {
        switch defect {
        case .empty: "is empty"
        case .emptyLevel: "has an empty level"
        case .controlCharacter: "holds a control character"
        case .levelTooLong: "has a level longer than 255 bytes"
        case .tooManyLevels: "has more than 32 levels"
        case .tooLong: "is longer than 1,000 bytes"
        }
    }
}
