/// What a mailbox is for: RFC 6154 §2, and `\Important` of RFC 8457.
public enum SpecialUse: UInt8, Hashable, Sendable, CaseIterable {
    case all = 1
    case archive = 2
    case drafts = 3
    case flagged = 4
    case junk = 5
    case sent = 6
    case trash = 7
    case important = 8

    /// The attribute as LIST shows it.
    public var attribute: StaticString {
        switch self {
        case .all: "\\All"
        case .archive: "\\Archive"
        case .drafts: "\\Drafts"
        case .flagged: "\\Flagged"
        case .junk: "\\Junk"
        case .sent: "\\Sent"
        case .trash: "\\Trash"
        case .important: "\\Important"
        }
    }

    /// - Returns: nil for an attribute that is no special use; case does not matter.
    public init?(attribute: String) {
        let wanted = attribute.lowercased()
        guard
            let match = SpecialUse.allCases.first(where: {
                "\($0.attribute)".lowercased() == wanted
            })
        else { return nil }
        self = match
    }
}
