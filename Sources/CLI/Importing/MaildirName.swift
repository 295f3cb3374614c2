import IMAPCodec
import MailModel

/// How Maildir and Maildir++ spell flags and folders in the names of files.
enum MaildirName {
    /// The keyword for P (passed on).
    static let forwarded = "$Forwarded"
    /// `a`…`z` stand for the keywords that the file `dovecot-keywords` numbers.
    static let keywordLetters: ClosedRange<UInt8> = UInt8(ascii: "a")...UInt8(ascii: "z")
    static let keywordFile = "dovecot-keywords"

    /// The flags in `1700000000.M1P2.host:2,FRS`; `;` and `!` stand for `:` where a file system
    /// cannot have it.
    ///
    /// - Parameter keywords: by the number of their letter.
    static func flags(of file: String, keywords: [Int: Keyword]) -> FlagSet {
        let name = Array(file.utf8)
        guard let comma = name.lastIndex(of: UInt8(ascii: ",")), comma >= 2,
            name[comma - 1] == UInt8(ascii: "2"), ":;!".utf8.contains(name[comma - 2])
        else { return FlagSet() }
        var system: SystemFlags = []
        var found: [Keyword] = []
        for letter in name[(comma + 1)...] {
            if let flag = systemFlags.first(where: { $0.letter == letter }) {
                system.insert(flag.flag)
            } else if letter == UInt8(ascii: "P") {
                if let keyword = Keyword(forwarded) { found.append(keyword) }
            } else if keywordLetters.contains(letter),
                let keyword = keywords[Int(letter - keywordLetters.lowerBound)]
            {
                found.append(keyword)
            }
        }
        return FlagSet(system: system, keywords: found)
    }

    /// In the order of their letters, as Maildir wants them.
    static let systemFlags: [(letter: UInt8, flag: SystemFlags)] = [
        (UInt8(ascii: "D"), .draft), (UInt8(ascii: "F"), .flagged), (UInt8(ascii: "R"), .answered),
        (UInt8(ascii: "S"), .seen), (UInt8(ascii: "T"), .deleted),
    ]

    /// The mailbox name that the folder `.Sent.2020` stands for, below `base` if there is one.
    ///
    /// The levels are modified UTF-7 where they can be read as that; a dot within a level is `&AC4-`.
    static func mailboxName(of folder: String, below base: String?) -> String {
        let levels = folder.split(separator: ".", omittingEmptySubsequences: true).map { level in
            let undotted = level.split(separator: "&AC4-", omittingEmptySubsequences: false)
            return undotted.map { ModifiedUTF7.decode(Array($0.utf8)) ?? String($0) }
                .joined(separator: ".")
        }
        return ((base.map { [$0] } ?? []) + levels).joined(separator: "/")
    }

    /// The folder for a mailbox, without the dot in front: `Sent.2020`.
    static func folder(of mailbox: MailboxName, id: MailboxID) -> String {
        let levels = mailbox.string.split(separator: "/").map { level in
            level.split(separator: ".", omittingEmptySubsequences: false)
                .map { String(decoding: encoded(String($0)), as: UTF8.self) }
                .joined(separator: "&AC4-")
        }
        let name = levels.joined(separator: ".")
        // A file's name has 255 bytes at most, and something is to be added to this one.
        guard name.utf8.count > 230 else { return name }
        return String(decoding: name.utf8.prefix(200), as: UTF8.self) + "~\(id)"
    }

    private static func encoded(_ text: String) -> [UInt8] { ModifiedUTF7.encode(text) }
}
