import MailModel

/// CREATE: RFC 9051 §6.3.4, with the USE parameter of RFC 6154 §3.
public struct CreateCommand: Hashable, Sendable {
    public let mailbox: MailboxArgument
    public let uses: [SpecialUse]
    /// Attributes that are no special use known here: answered NO [USEATTR].
    public let unknownUses: [String]

    public init(mailbox: MailboxArgument, uses: [SpecialUse] = [], unknownUses: [String] = []) {
        self.mailbox = mailbox
        self.uses = uses
        self.unknownUses = unknownUses
    }
}

extension CommandParser {
    /// create = "CREATE" SP mailbox [SP "(" create-param *(SP create-param) ")"]
    ///
    /// RFC 4466 §6; create-param = "USE" SP "(" [use-attr *(SP use-attr)] ")", RFC 6154 §6.
    mutating func createArguments() throws(ParseStop) -> CreateCommand {
        try space()
        let mailbox = try mailbox()
        var uses: [SpecialUse] = []
        var unknown: [String] = []
        if spaceBeforeMore() {
            try list { parser throws(ParseStop) in
                guard try parser.word() == "USE" else { throw parser.bad("unknown parameter") }
                try parser.space()
                try parser.list(mayBeEmpty: true) { parser throws(ParseStop) in
                    let attribute = try parser.useAttribute()
                    if let use = SpecialUse(attribute: attribute) {
                        if !uses.contains(use) { uses.append(use) }
                    } else {
                        unknown.append(attribute)
                    }
                }
            }
        }
        return CreateCommand(mailbox: mailbox, uses: uses, unknownUses: unknown)
    }

    /// use-attr = "\All" / "\Archive" / … / "\" atom                            RFC 6154 §6
    private mutating func useAttribute() throws(ParseStop) -> String {
        try expect(UInt8(ascii: "\\"), "a special-use attribute")
        return "\\" + (try atom())
    }
}
