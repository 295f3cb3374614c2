import MailModel
import MailboxStore

/// What is shown of one mailbox.
struct MailboxCounters {
    let id: MailboxID
    let row: MailboxRow
    let isSubscribed: Bool

    var json: JSON { .object([("mailbox", .string(row.name.string))] + members) }

    /// A line for each.
    var lines: String {
        let fields = members.map { "  \($0.0)" + String(repeating: " ", count: 16 - $0.0.count) }
        return Terminal.printable(row.name.string) + "\n"
            + zip(fields, members).map { $0 + MailboxCounters.text($1.1) }.joined(separator: "\n")
    }

    private var members: [(String, JSON)] {
        [
            ("mailboxID", .string("\(id)")), ("messages", .unsigned(UInt64(row.exists))),
            ("unseen", .unsigned(UInt64(row.unseen))),
            ("deleted", .unsigned(UInt64(row.deleted))), ("sizeBytes", .unsigned(row.sizeBytes)),
            ("uidNext", .unsigned(row.uidNext)),
            ("uidValidity", .unsigned(UInt64(row.uidValidity.rawValue))),
            ("highestModSeq", .unsigned(row.highestModSeq.rawValue)),
            ("ghosts", .unsigned(UInt64(row.ghosts))), ("subscribed", .bool(isSubscribed)),
            ("specialUse", .array(row.specialUses.map { .string("\($0.attribute)") })),
        ]
    }

    private static func text(_ value: JSON) -> String {
        guard case .array(let values) = value else {
            if case .string(let text) = value { return text }
            return value.text
        }
        return values.map(text).joined(separator: " ")
    }
}
