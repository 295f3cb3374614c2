import MailModel

/// Reads the flags that mail programs keep in the header of an mbox's messages.
///
/// `Status: RO` (R read), `X-Status: AFDT` (answered, flagged, deleted, draft), `X-Keywords: a b`.
struct StatusHeader {
    private(set) var flags = FlagSet()
    private var isInHeader = true
    /// Nothing but such fields has come yet: they belong to the mbox and not to the message.
    private var isAtStart = true

    /// A longer line is none of these fields.
    private static let longestLine = 4096

    /// Looks at the next line of the message.
    ///
    /// - Returns: whether the line is the mbox's own and no part of the message.
    mutating func takes(_ line: UnsafeRawBufferPointer) -> Bool {
        guard isInHeader else { return false }
        if line.isEmpty || line[0] == 0x0A || line[0] == 0x0D {
            isInHeader = false
            return false
        }
        // S or X, either case: nearly every other line is passed over here.
        let isStatus = [0x53, 0x73, 0x58, 0x78].contains(line[0]) && read(line)
        if !isStatus { isAtStart = false }
        return isStatus && isAtStart
    }

    private mutating func read(_ line: UnsafeRawBufferPointer) -> Bool {
        guard line.count <= StatusHeader.longestLine else { return false }
        let text = String(decoding: line, as: UTF8.self)
        guard let colon = text.firstIndex(of: ":") else { return false }
        let value = text[text.index(after: colon)...]
        switch text[..<colon].lowercased() {
        case "status": if value.contains("R") { flags.system.insert(.seen) }
        case "x-status": readXStatus(value)
        case "x-keywords": readKeywords(value)
        default: return false
        }
        return true
    }

    private mutating func readXStatus(_ value: Substring) {
        for letter in value {
            switch letter {
            case "A": flags.system.insert(.answered)
            case "F": flags.system.insert(.flagged)
            case "D": flags.system.insert(.deleted)
            case "T": flags.system.insert(.draft)
            default: break
            }
        }
    }

    private mutating func readKeywords(_ value: Substring) {
        let found = value.split(whereSeparator: \.isWhitespace).compactMap { Keyword(String($0)) }
        flags = FlagSet(system: flags.system, keywords: flags.keywords + found)
    }
}
