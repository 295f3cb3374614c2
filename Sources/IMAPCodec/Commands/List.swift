import MailModel

/// LIST: RFC 9051 §6.3.9; extended by RFC 5258, RFC 5819, RFC 6154.
public struct ListCommand: Hashable, Sendable {
    public let reference: PatternArgument
    /// At least one, not yet joined to the reference.
    public let patterns: [PatternArgument]
    public let selection: ListSelectionOptions
    public let returns: ListReturnOptions
    /// RETURN (STATUS (…)): RFC 5819; nil when not asked for.
    public let statusItems: [StatusItem]?
    /// Whether any syntax of RFC 5258 was used: options, or patterns in parentheses.
    public let isExtended: Bool

    public init(
        reference: PatternArgument, patterns: [PatternArgument],
        selection: ListSelectionOptions = [], returns: ListReturnOptions = [],
        statusItems: [StatusItem]? = nil, isExtended: Bool = false
    ) {
        self.reference = reference
        self.patterns = patterns
        self.selection = selection
        self.returns = returns
        self.statusItems = statusItems
        self.isExtended = isExtended
    }
}

/// What LIST lists: RFC 5258 §3.1.
public struct ListSelectionOptions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let subscribed = ListSelectionOptions(rawValue: 1)
    public static let remote = ListSelectionOptions(rawValue: 2)
    public static let recursiveMatch = ListSelectionOptions(rawValue: 4)
    public static let specialUse = ListSelectionOptions(rawValue: 8)
}

/// What LIST tells of each mailbox: RFC 5258 §3.2.
public struct ListReturnOptions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let subscribed = ListReturnOptions(rawValue: 1)
    public static let children = ListReturnOptions(rawValue: 2)
    public static let specialUse = ListReturnOptions(rawValue: 4)
}

extension CommandParser {
    /// list = "LIST" [SP list-select-opts] SP mailbox SP mbox-or-pat [SP list-return-opts]
    ///
    /// RFC 5258 §6.
    mutating func listArguments() throws(ParseStop) -> ListCommand {
        try space()
        var selection: ListSelectionOptions = []
        let hasSelection = isNext(UInt8(ascii: "("))
        if hasSelection {
            selection = try listSelection()
            try space()
        }
        let reference = try reference()
        try space()
        let hasPatterns = isNext(UInt8(ascii: "("))
        let patterns = try listPatterns()
        var returns = ListReturns()
        let hasReturns = spaceBeforeMore()
        if hasReturns {
            returns = try listReturns()
        }
        return ListCommand(
            reference: reference, patterns: patterns, selection: selection,
            returns: returns.options, statusItems: returns.statusItems,
            isExtended: hasSelection || hasPatterns || hasReturns)
    }

    /// list-select-opts = "(" [list-select-option *(SP list-select-option)] ")"
    ///
    /// RFC 5258 §6. RECURSIVEMATCH needs another option than REMOTE: §3.1.
    private mutating func listSelection() throws(ParseStop) -> ListSelectionOptions {
        var selection: ListSelectionOptions = []
        let start = position
        try list(mayBeEmpty: true) { parser throws(ParseStop) in
            switch try parser.word() {
            case "SUBSCRIBED": selection.insert(.subscribed)
            case "REMOTE": selection.insert(.remote)
            case "RECURSIVEMATCH": selection.insert(.recursiveMatch)
            case "SPECIAL-USE": selection.insert(.specialUse)
            default: throw parser.bad("unknown selection option")
            }
        }
        if selection.contains(.recursiveMatch),
            selection.isDisjoint(with: [.subscribed, .specialUse])
        {
            throw bad("RECURSIVEMATCH needs another selection option", at: start)
        }
        return selection
    }

    /// mbox-or-pat = list-mailbox / "(" list-mailbox *(SP list-mailbox) ")"     RFC 5258 §6
    private mutating func listPatterns() throws(ParseStop) -> [PatternArgument] {
        guard isNext(UInt8(ascii: "(")) else { return [try listMailbox()] }
        var patterns: [PatternArgument] = []
        try list { parser throws(ParseStop) in patterns.append(try parser.listMailbox()) }
        return patterns
    }

    /// list-return-opts = "RETURN" SP "(" [return-option *(SP return-option)] ")"
    ///
    /// RFC 5258 §6; return-option =/ "STATUS" SP "(" status-att … ")", RFC 5819 §4.
    private mutating func listReturns() throws(ParseStop) -> ListReturns {
        guard skip(word: "RETURN") else { throw expected("RETURN") }
        try space()
        var returns = ListReturns()
        try list(mayBeEmpty: true) { parser throws(ParseStop) in
            switch try parser.word() {
            case "SUBSCRIBED": returns.options.insert(.subscribed)
            case "CHILDREN": returns.options.insert(.children)
            case "SPECIAL-USE": returns.options.insert(.specialUse)
            case "STATUS":
                try parser.space()
                returns.statusItems = try parser.statusItems()
            default: throw parser.bad("unknown return option")
            }
        }
        return returns
    }
}

private struct ListReturns {
    var options: ListReturnOptions = []
    var statusItems: [StatusItem]?
}
