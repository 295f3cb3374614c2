import MailModel

/// The flags of one message as FETCH shows them to one session.
public struct FlagText: Hashable, Sendable {
    public var system: SystemFlags
    public var isRecent: Bool
    /// The keywords with a space between them, ready for the wire. A mailbox's messages share few
    /// combinations of them: keep those.
    public var keywords: [UInt8]

    public init(system: SystemFlags, isRecent: Bool = false, keywords: [UInt8] = []) {
        self.system = system
        self.isRecent = isRecent
        self.keywords = keywords
    }

    public init(_ flags: FlagSet, isRecent: Bool = false) {
        self.init(
            system: flags.system, isRecent: isRecent, keywords: FlagText.joined(flags.keywords))
    }

    /// The keywords' names with a space between them.
    public static func joined(_ keywords: [Keyword]) -> [UInt8] {
        var bytes: [UInt8] = []
        for keyword in keywords {
            if !bytes.isEmpty { bytes.append(UInt8(ascii: " ")) }
            bytes.append(contentsOf: keyword.name.utf8)
        }
        return bytes
    }
}
