/// A pattern of LIST or LSUB: `*` matches anything, `%` anything but the separator.
///
/// RFC 9051 §6.3.9. Two-pointer matching, O(pattern × name), no recursion (S17).
public struct ListPattern: Hashable, Sendable {
    /// Runs of wildcards collapsed, INBOX folded.
    private let bytes: [UInt8]
    /// How many wildcards are left after collapsing: what matching costs beyond comparing.
    public let wildcards: Int

    public enum Defect: Error, Hashable, Sendable { case tooLong, tooManyWildcards }

    /// S17.
    public static let mostWildcards = 64

    /// - Parameter pattern: reference and mailbox pattern already joined, UTF-8.
    public init(_ pattern: String) throws(Defect) {
        guard pattern.utf8.count <= 1000 else { throw .tooLong }
        var collapsed: [UInt8] = []
        for byte in pattern.utf8 {
            if let last = collapsed.last, ListPattern.isWildcard(last), ListPattern.isWildcard(byte)
            {
                if byte == UInt8(ascii: "*") { collapsed[collapsed.count - 1] = byte }
            } else {
                collapsed.append(byte)
            }
        }
        wildcards = collapsed.count(where: ListPattern.isWildcard)
        guard wildcards <= ListPattern.mostWildcards else { throw .tooManyWildcards }
        bytes = ListPattern.foldingInbox(collapsed)
    }

    public func matches(_ name: MailboxName) -> Bool {
        var name = name.string
        return name.withUTF8 { matches($0) }
    }

    /// Greedy matching that remembers the last `*` and the last `%` to come back to.
    private func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool {
        var place = 0
        var index = 0
        var star: (pattern: Int, name: Int)?
        var percent: (pattern: Int, name: Int)?
        while index < name.count {
            if place < bytes.count, bytes[place] == UInt8(ascii: "*") {
                star = (place, index)
                percent = nil
                place += 1
            } else if place < bytes.count, bytes[place] == UInt8(ascii: "%") {
                percent = (place, index)
                place += 1
            } else if place < bytes.count, bytes[place] == name[index] {
                place += 1
                index += 1
            } else if let back = percent, name[back.name] != MailboxName.separator {
                percent = (back.pattern, back.name + 1)
                place = back.pattern + 1
                index = back.name + 1
            } else if let back = star {
                star = (back.pattern, back.name + 1)
                percent = nil
                place = back.pattern + 1
                index = back.name + 1
            } else {
                return false
            }
        }
        while place < bytes.count, ListPattern.isWildcard(bytes[place]) { place += 1 }
        return place == bytes.count
    }

    private static func isWildcard(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "%")
    }

    /// `inbox` as the first level means INBOX, whatever its case.
    private static func foldingInbox(_ bytes: [UInt8]) -> [UInt8] {
        let first = bytes.prefix { $0 != MailboxName.separator }
        guard first.count == 5,
            first.elementsEqual("INBOX".utf8, by: { $0 & 0xDF == $1 })
        else { return bytes }
        return Array("INBOX".utf8) + bytes.dropFirst(5)
    }
}
