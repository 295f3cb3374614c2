/// STATUS: RFC 9051 §6.3.11.
public struct StatusCommand: Hashable, Sendable {
    public let mailbox: MailboxArgument
    /// At least one, in the order asked for.
    public let items: [StatusItem]

    public init(mailbox: MailboxArgument, items: [StatusItem]) {
        self.mailbox = mailbox
        self.items = items
    }
}

/// A number that STATUS tells of a mailbox.
public enum StatusItem: UInt8, Hashable, Sendable, CaseIterable {
    case messages, recent, uidNext, uidValidity, unseen, deleted
    /// RFC 8438.
    case size
    /// RFC 7162 §3.1.7.
    case highestModSeq
    /// RFC 8474 §4.3.
    case mailboxID
    /// RFC 7889 §3.
    case appendLimit

    /// The name on the wire, in capitals.
    public var name: StaticString {
        switch self {
        case .messages: "MESSAGES"
        case .recent: "RECENT"
        case .uidNext: "UIDNEXT"
        case .uidValidity: "UIDVALIDITY"
        case .unseen: "UNSEEN"
        case .deleted: "DELETED"
        case .size: "SIZE"
        case .highestModSeq: "HIGHESTMODSEQ"
        case .mailboxID: "MAILBOXID"
        case .appendLimit: "APPENDLIMIT"
        }
    }
}

extension CommandParser {
    /// status = "STATUS" SP mailbox SP "(" status-att *(SP status-att) ")"      RFC 9051 §9
    mutating func statusArguments() throws(ParseStop) -> StatusCommand {
        try space()
        let mailbox = try mailbox()
        try space()
        return StatusCommand(mailbox: mailbox, items: try statusItems())
    }

    mutating func statusItems() throws(ParseStop) -> [StatusItem] {
        var items: [StatusItem] = []
        try list { parser throws(ParseStop) in
            let item = try parser.statusItem()
            if !items.contains(item) { items.append(item) }
        }
        return items
    }

    /// status-att = "MESSAGES" / "UIDNEXT" / "UIDVALIDITY" / …                  RFC 9051 §9
    private mutating func statusItem() throws(ParseStop) -> StatusItem {
        switch try word() {
        case "MESSAGES": return .messages
        case "RECENT": return .recent
        case "UIDNEXT": return .uidNext
        case "UIDVALIDITY": return .uidValidity
        case "UNSEEN": return .unseen
        case "DELETED": return .deleted
        case "SIZE": return .size
        case "HIGHESTMODSEQ": return .highestModSeq
        case "MAILBOXID": return .mailboxID
        case "APPENDLIMIT": return .appendLimit
        default: throw bad("unknown status item")
        }
    }
}
