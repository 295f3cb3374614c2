import MailModel
import MailboxStore

/// Writes a mailbox as a Maildir, or as a folder of a Maildir++.
struct MaildirWriter {
    let path: String
    /// Whether this is the Maildir itself and no folder in it.
    let isTop: Bool
    let source: ExportSource

    func write(_ mailbox: MailboxID, _ name: MailboxName) throws {
        try makeFolder(path)
        for part in ["cur", "new", "tmp"] { try makeFolder(path + "/" + part) }
        if !isTop { try OutputFile(path + "/maildirfolder").finish() }
        let letters = try writeKeywords(mailbox, name)
        try source.forEach(of: mailbox) { message, location in
            let flags = MaildirWriter.letters(of: message.flags, letters)
            let unique = "\(message.internalDate.secondsSinceEpoch).\(mailbox)U\(message.uid)"
            let file = try OutputFile("\(path)/cur/\(unique).hindsight:2,\(flags)")
            try source.forEachPiece(of: location) { try file.write($0, endsAsLF: $1) }
            try file.finish(date: message.internalDate)
        }
    }

    /// Gives each keyword of the mailbox a letter, and says so in the file that Dovecot reads.
    private func writeKeywords(
        _ mailbox: MailboxID, _ name: MailboxName
    ) throws -> [Keyword: UInt8] {
        let keywords = try source.keywordTable(mailbox).keywords.filter {
            $0 != Keyword(MaildirName.forwarded)
        }
        let letters = Array(zip(keywords, MaildirName.keywordLetters))
        if keywords.count > letters.count {
            Terminal.complain(
                "\(Terminal.printable(name.string)): a Maildir has letters for \(letters.count) "
                    + "keywords; \(keywords.count - letters.count) are left out")
        }
        if !letters.isEmpty {
            let file = try OutputFile(path + "/" + MaildirName.keywordFile)
            for (number, (keyword, _)) in letters.enumerated() {
                try file.write("\(number) \(keyword.name)\n")
            }
            try file.finish()
        }
        return Dictionary(letters, uniquingKeysWith: { first, _ in first })
    }

    /// In the order of ASCII, capitals first.
    private static func letters(of flags: FlagSet, _ keywords: [Keyword: UInt8]) -> String {
        var letters = MaildirName.systemFlags.filter { flags.system.contains($0.flag) }
            .map(\.letter)
        for keyword in flags.keywords {
            if keyword == Keyword(MaildirName.forwarded) {
                letters.append(UInt8(ascii: "P"))
            } else if let letter = keywords[keyword] {
                letters.append(letter)
            }
        }
        return String(decoding: letters.sorted(), as: UTF8.self)
    }
}
