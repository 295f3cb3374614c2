/// SUBSCRIBE and UNSUBSCRIBE: RFC 9051 §6.3.7, §6.3.8.
public struct SubscribeCommand: Hashable, Sendable {
    public let mailbox: MailboxArgument

    public init(mailbox: MailboxArgument) { self.mailbox = mailbox }
}

extension CommandParser {
    /// subscribe = "SUBSCRIBE" SP mailbox; unsubscribe likewise                 RFC 9051 §9
    mutating func subscribeArguments() throws(ParseStop) -> SubscribeCommand {
        try space()
        return SubscribeCommand(mailbox: try mailbox())
    }
}
