/// RENAME: RFC 9051 §6.3.6.
public struct RenameCommand: Hashable, Sendable {
    public let source: MailboxArgument
    public let destination: MailboxArgument

    public init(source: MailboxArgument, destination: MailboxArgument) {
        self.source = source
        self.destination = destination
    }
}

extension CommandParser {
    /// rename = "RENAME" SP mailbox SP mailbox                                  RFC 9051 §9
    mutating func renameArguments() throws(ParseStop) -> RenameCommand {
        try space()
        let source = try mailbox()
        try space()
        return RenameCommand(source: source, destination: try mailbox())
    }
}
