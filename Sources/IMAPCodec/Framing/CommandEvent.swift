import NIOCore

/// What `CommandDecoder` finds in the bytes of a client, one at a time, in order.
public enum CommandEvent: Sendable {
    /// A whole command. After IDLE and AUTHENTICATE call `expectLine()` before the next `next`.
    case command(TaggedCommand)

    /// A synchronising literal is wanted: write `+ text CRLF` and flush.
    case continuationWanted(text: String)

    /// A message of APPEND is announced. Answer with `acceptAppendLiteral()` or
    /// `refuseAppendLiteral()` before the next `next`.
    case appendBegan(tag: String, AppendHeader)

    /// Bytes of the message last accepted, a slice of the buffer that was fed.
    case appendBytes(ByteBuffer)

    /// All bytes of the message have come; another may follow.
    case appendMessageEnded

    /// The APPEND is complete and is to be carried out and answered.
    case appendEnded(tag: String)

    /// A line after `expectLine()`, without its line end: a SASL response, or DONE.
    case line(ByteBuffer)

    /// A command that could not be read; to be answered with BAD or NO. It may come between
    /// `appendBegan` and `appendEnded`: the APPEND is then over, and nothing of it may stay.
    case failed(ParseFailure)
}

/// Why a command could not be read, ready for its answer.
public struct ParseFailure: Error, Hashable, Sendable {
    /// nil when no tag could be read: the answer is untagged.
    public let tag: String?
    public let condition: Condition
    public let code: ResponseCode?
    /// Says what was expected, and where; never holds an argument of the client's (S22).
    public let message: String
    /// Bytes from the command's start.
    public let offset: Int
    /// The stream cannot be followed any further: answer, then BYE and close.
    public let mustClose: Bool

    public enum Condition: Hashable, Sendable { case no, bad }

    public init(
        tag: String?, condition: Condition = .bad, code: ResponseCode? = nil, message: String,
        offset: Int, mustClose: Bool = false
    ) {
        self.tag = tag
        self.condition = condition
        self.code = code
        self.message = message
        self.offset = offset
        self.mustClose = mustClose
    }
}
