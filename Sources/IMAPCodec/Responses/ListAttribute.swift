import MailModel

/// An attribute of a mailbox in LIST and LSUB: RFC 9051 §7.3.1, RFC 5258 §4.
public enum ListAttribute: Hashable, Sendable {
    case noInferiors, noSelect, marked, unmarked
    case hasChildren, hasNoChildren
    case nonExistent, subscribed, remote
    case specialUse(SpecialUse)

    public var name: StaticString {
        switch self {
        case .noInferiors: "\\Noinferiors"
        case .noSelect: "\\Noselect"
        case .marked: "\\Marked"
        case .unmarked: "\\Unmarked"
        case .hasChildren: "\\HasChildren"
        case .hasNoChildren: "\\HasNoChildren"
        case .nonExistent: "\\NonExistent"
        case .subscribed: "\\Subscribed"
        case .remote: "\\Remote"
        case .specialUse(let use): use.attribute
        }
    }
}

/// One mailbox in the answer to LIST or LSUB.
public struct ListData: Hashable, Sendable {
    public var attributes: [ListAttribute]
    /// nil for a flat name.
    public var separator: UInt8?
    /// Empty only in the answer to `LIST "" ""`.
    public var name: String
    /// CHILDINFO of RFC 5258 §4: which selection options only children meet.
    public var childInfo: [String]
    /// OLDNAME of RFC 9051 §6.3.9.7.
    public var oldName: MailboxName?

    public init(
        attributes: [ListAttribute], separator: UInt8? = MailboxName.separator, name: String,
        childInfo: [String] = [], oldName: MailboxName? = nil
    ) {
        self.attributes = attributes
        self.separator = separator
        self.name = name
        self.childInfo = childInfo
        self.oldName = oldName
    }
}
