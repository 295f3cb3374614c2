/// SELECT and EXAMINE: RFC 9051 §6.3.2, with the parameters of RFC 4466 §2.1.
public struct SelectCommand: Hashable, Sendable {
    public let mailbox: MailboxArgument
    /// `(CONDSTORE)`: RFC 7162 §3.1.8.
    public let enablesCondStore: Bool

    public init(mailbox: MailboxArgument, enablesCondStore: Bool = false) {
        self.mailbox = mailbox
        self.enablesCondStore = enablesCondStore
    }
}

extension CommandParser {
    /// select = "SELECT" SP mailbox [SP "(" select-param *(SP select-param) ")"]
    ///
    /// RFC 4466 §6; select-param = "CONDSTORE", RFC 7162 §7.
    mutating func selectArguments() throws(ParseStop) -> SelectCommand {
        try space()
        let mailbox = try mailbox()
        var enablesCondStore = false
        if spaceBeforeMore() {
            try list { parser throws(ParseStop) in
                guard try parser.word() == "CONDSTORE" else {
                    throw parser.bad("unknown parameter")
                }
                enablesCondStore = true
            }
        }
        return SelectCommand(mailbox: mailbox, enablesCondStore: enablesCondStore)
    }
}
