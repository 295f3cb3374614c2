/// DELETE: RFC 9051 §6.3.5.
public struct DeleteCommand: Hashable, Sendable {
    public let mailbox: MailboxArgument

    public init(mailbox: MailboxArgument) { self.mailbox = mailbox }
}

extension CommandParser {
    /// delete = "DELETE" SP mailbox                                             RFC 9051 §9
    mutating func deleteArguments() throws(ParseStop) -> DeleteCommand {
        try space()
        return DeleteCommand(mailbox: try mailbox())
    }
}
