import MailModel

/// COPY: RFC 9051 §6.4.7; MOVE: RFC 6851 §3; and their UID forms.
public struct CopyCommand: Hashable, Sendable {
    public let kind: NumberKind
    public let messages: SequenceSet
    public let mailbox: MailboxArgument

    public init(kind: NumberKind, messages: SequenceSet, mailbox: MailboxArgument) {
        self.kind = kind
        self.messages = messages
        self.mailbox = mailbox
    }
}

extension CommandParser {
    /// copy = "COPY" SP sequence-set SP mailbox; move likewise     RFC 9051 §9, RFC 6851 §5
    mutating func copyArguments(_ kind: NumberKind) throws(ParseStop) -> CopyCommand {
        try space()
        let messages = try sequenceSet()
        try space()
        return CopyCommand(kind: kind, messages: messages, mailbox: try mailbox())
    }
}
