import MailModel

/// One message that APPEND announces, before its bytes: RFC 9051 §6.3.12, RFC 3502, RFC 3516.
public struct AppendHeader: Hashable, Sendable {
    /// The same for every message of the command.
    public let mailbox: MailboxArgument
    public let flags: FlagSet
    public let internalDate: InternalDate?
    /// Whether the literal is a literal8, `~{n}`: RFC 3516 §4.4.
    public let isBinary: Bool
    /// 0...2^63−1; 0 makes RFC 3502 give up the command.
    public let sizeBytes: UInt64
    /// Whether the client waits for a continuation before it sends the bytes.
    public let isSynchronising: Bool
    /// 0 for the first message of the command.
    public let messageIndex: Int

    public init(
        mailbox: MailboxArgument, flags: FlagSet = FlagSet(), internalDate: InternalDate? = nil,
        isBinary: Bool = false, sizeBytes: UInt64, isSynchronising: Bool, messageIndex: Int = 0
    ) {
        self.mailbox = mailbox
        self.flags = flags
        self.internalDate = internalDate
        self.isBinary = isBinary
        self.sizeBytes = sizeBytes
        self.isSynchronising = isSynchronising
        self.messageIndex = messageIndex
    }
}

extension CommandParser {
    /// append = "APPEND" SP mailbox 1*append-message                            RFC 3502 §6.3.11
    ///
    /// Never gives a command: it stops at the message, or fails.
    mutating func appendArguments() throws(ParseStop) -> Command? {
        try space()
        let mailbox = try mailbox()
        try appendMessage(to: mailbox, index: 0)
    }

    /// append-message = [SP flag-list] [SP date-time] SP literal                RFC 3502 §6.3.11
    mutating func appendMessage(
        to mailbox: MailboxArgument, index: Int
    ) throws(ParseStop) -> Never {
        var flags = FlagSet()
        var internalDate: InternalDate?
        try space()
        if isNext(UInt8(ascii: "(")) {
            flags = try flagList()
            try space()
        }
        if isNext(UInt8(ascii: "\"")) {
            internalDate = try dateTime()
            try space()
        }
        guard isNext(UInt8(ascii: "{")) || isNext(UInt8(ascii: "~")) else {
            throw expected("a message literal")
        }
        let literal = try literalAnnouncement()
        guard endsAtLiteral, position == bytes.count else { throw expected("a message literal") }
        throw .messageAhead(
            AppendHeader(
                mailbox: mailbox, flags: flags, internalDate: internalDate,
                isBinary: literal.isBinary, sizeBytes: literal.sizeBytes,
                isSynchronising: literal.isSynchronising, messageIndex: index))
    }
}
