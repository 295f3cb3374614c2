import MailModel

extension CommandParser {
    /// flag-list = "(" [flag *(SP flag)] ")"                                    RFC 9051 §9
    mutating func flagList() throws(ParseStop) -> FlagSet {
        var flags = FlagGathering()
        try list(mayBeEmpty: true) { parser throws(ParseStop) in try parser.flag(into: &flags) }
        return flags.set
    }

    /// flag *(SP flag)                                                          RFC 9051 §9
    mutating func bareFlags() throws(ParseStop) -> FlagSet {
        var flags = FlagGathering()
        repeat { try flag(into: &flags) } while spaceBeforeMore()
        return flags.set
    }

    /// flag = "\Answered" / "\Flagged" / "\Deleted" / "\Seen" / "\Draft" / flag-keyword
    ///
    /// RFC 9051 §9. `\Recent`, which clients echo although they cannot set it, is passed over.
    private mutating func flag(into flags: inout FlagGathering) throws(ParseStop) {
        guard skip(UInt8(ascii: "\\")) else { return flags.add(try keyword()) }
        let start = position
        switch try word() {
        case "ANSWERED": flags.set.system.insert(.answered)
        case "FLAGGED": flags.set.system.insert(.flagged)
        case "DELETED": flags.set.system.insert(.deleted)
        case "SEEN": flags.set.system.insert(.seen)
        case "DRAFT": flags.set.system.insert(.draft)
        case "RECENT": break
        default: throw bad("unknown system flag", at: start)
        }
    }

    /// flag-keyword = atom                                                      RFC 9051 §9
    mutating func keyword() throws(ParseStop) -> Keyword {
        let start = position
        guard let keyword = Keyword(try atom()) else {
            throw bad("keyword longer than 255 bytes", at: start)
        }
        return keyword
    }
}

/// Flags as they are read; a set beside the list keeps thousands of keywords linear.
private struct FlagGathering {
    var set = FlagSet()
    private var known: Set<Keyword> = []

    mutating func add(_ keyword: Keyword) {
        if known.insert(keyword).inserted { set.keywords.append(keyword) }
    }
}
