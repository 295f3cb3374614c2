/// A mailbox's name within an account: UTF-8, levels separated by "/", INBOX in capitals.
///
/// RFC 9051 §5.1. Never part of a file path. At most 255 bytes a level, 32 levels, 1,000 bytes in
/// all; no control characters.
public struct MailboxName: Hashable, Sendable {
    /// The whole name as UTF-8, without a trailing separator.
    public let string: String

    public static let inbox = MailboxName(unchecked: "INBOX")
    public static let separator: UInt8 = UInt8(ascii: "/")

    public enum Defect: Error, Hashable, Sendable {
        case empty, emptyLevel, controlCharacter, levelTooLong, tooManyLevels, tooLong
    }

    /// Makes a name of what a client or an administrator gave.
    ///
    /// `inbox`, in any case, alone or as the first level, becomes `INBOX`. One trailing separator
    /// is dropped: clients send it with CREATE to announce children (RFC 9051 §6.3.4).
    public init(_ text: String) throws(Defect) {
        var text = text
        if text.utf8.count > 1, text.utf8.last == MailboxName.separator { text.removeLast() }
        guard !text.isEmpty else { throw .empty }
        guard text.utf8.count <= MailboxNameLimits.nameBytes else { throw .tooLong }
        guard text.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else { throw .controlCharacter }
        var levels = text.utf8.split(
            separator: MailboxName.separator, omittingEmptySubsequences: false)
        guard levels.count <= MailboxNameLimits.levels else { throw .tooManyLevels }
        for level in levels {
            guard !level.isEmpty else { throw .emptyLevel }
            guard level.count <= MailboxNameLimits.levelBytes else { throw .levelTooLong }
        }
        if MailboxName.isInbox(levels[0]) {
            levels.removeFirst()
            string = (["INBOX"] + levels.map { String($0) ?? "" }).joined(separator: "/")
        } else {
            string = text
        }
    }

    /// For names that were checked before, such as those read back from the log.
    public init(unchecked string: String) { self.string = string }

    public var isInbox: Bool { string == "INBOX" }

    /// INBOX in any case: ASCII only, for other letters that are capitalised to these are others.
    private static func isInbox(_ level: Substring.UTF8View) -> Bool {
        // Bit 5 is what tells small from capital letters.
        level.count == 5 && zip(level, "inbox".utf8).allSatisfy { $0 | 0x20 == $1 }
    }

    /// The names above this one, outermost first.
    public var ancestors: [MailboxName] {
        var result: [MailboxName] = []
        for index in string.utf8.indices where string.utf8[index] == MailboxName.separator {
            result.append(MailboxName(unchecked: String(string[..<index])))
        }
        return result
    }

    /// The last level.
    public var lastLevel: Substring {
        guard let index = string.utf8.lastIndex(of: MailboxName.separator) else {
            return string[...]
        }
        return string[string.utf8.index(after: index)...]
    }

    public func isBelow(_ other: MailboxName) -> Bool {
        let bytes = string.utf8
        let above = other.string.utf8
        return bytes.count > above.count && bytes.starts(with: above)
            && bytes[bytes.index(bytes.startIndex, offsetBy: above.count)] == MailboxName.separator
    }

    /// This name with its part at or below `old` moved to `new`.
    ///
    /// - Returns: nil when this name is neither `old` nor below it.
    public func moved(from old: MailboxName, to new: MailboxName) -> MailboxName? {
        if self == old { return new }
        guard isBelow(old) else { return nil }
        // By bytes: as characters, a separator may be one with what is before or behind it.
        let rest = string.utf8.dropFirst(old.string.utf8.count)
        return MailboxName(unchecked: new.string + String(Substring(rest)))
    }
}

/// S13 of the limits.
public enum MailboxNameLimits {
    public static let levelBytes = 255
    public static let levels = 32
    public static let nameBytes = 1000
}

/// Names are the same when their bytes are, as in the store's keys; `String` would take "é" written
/// in two ways for one.
extension MailboxName {
    public static func == (left: MailboxName, right: MailboxName) -> Bool {
        left.string.utf8.elementsEqual(right.string.utf8)
    }

    public func hash(into hasher: inout Hasher) {
        var text = string
        text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
    }
}

extension MailboxName: Comparable {
    /// Bytewise, which is also the order of the store's keys.
    public static func < (left: MailboxName, right: MailboxName) -> Bool {
        left.string.utf8.lexicographicallyPrecedes(right.string.utf8)
    }
}

extension MailboxName: CustomStringConvertible {
    public var description: String { string }
}
