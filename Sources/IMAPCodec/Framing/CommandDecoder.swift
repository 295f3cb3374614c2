import NIOCore

/// Finds commands in the bytes of a client, whatever pieces they come in.
///
/// Keep the bytes in one buffer, append what arrives, and call `next(from:)` until it gives nil.
/// What the decoder does not yet understand it leaves in the buffer, never more than the limits
/// allow; messages of APPEND are handed on as they come. After any failure that does not say
/// `mustClose` it stands at the start of the next command.
public struct CommandDecoder {
    /// May be changed between commands; login does.
    public var limits: ParserLimits
    /// May be changed between commands; ENABLE does.
    public var encoding: EncodingOptions
    var state = State.command
    var frame = CommandFrame()
    /// The APPEND whose messages are coming.
    var append: AppendInProgress?

    public init(limits: ParserLimits = .beforeLogin, encoding: EncodingOptions = EncodingOptions())
    {
        self.limits = limits
        self.encoding = encoding
    }

    enum State {
        /// At the start of a command or within one that `frame` describes.
        case command
        /// A raw line is expected: SASL, or DONE.
        case line(upTo: Int)
        /// `appendBegan` was told, its answer is awaited.
        case appendAnnounced(AppendHeader)
        /// The message was accepted, the client waits for the continuation.
        case appendAccepted(remaining: UInt64)
        case appendBytes(remaining: UInt64)
        /// Behind a message: the end of the command, or another message.
        case appendTail
        case skipping(SkippedInput)
        /// The failure is to be told, and nothing after it.
        case failing(ParseFailure)
        case closed
    }

    struct AppendInProgress {
        let tag: String
        let mailbox: MailboxArgument
        var messages: Int
    }

    /// What a step of the framing came to.
    enum Step {
        case event(CommandEvent)
        case goOn
        case needsMore
    }

    /// The next event, or nil when more bytes or an answer to `appendBegan` are needed.
    public mutating func next(from buffer: inout ByteBuffer) -> CommandEvent? {
        while true {
            switch step(&buffer) {
            case .event(let event): return event
            case .goOn: continue
            case .needsMore: return nil
            }
        }
    }

    private mutating func step(_ buffer: inout ByteBuffer) -> Step {
        switch state {
        case .command: return frameCommand(&buffer)
        case .line(let limit): return readLine(&buffer, upTo: limit)
        case .appendAnnounced, .closed: return .needsMore
        case .appendAccepted(let remaining):
            state = .appendBytes(remaining: remaining)
            return .event(.continuationWanted(text: "Ready for the message"))
        case .appendBytes(let remaining): return readMessage(&buffer, remaining: remaining)
        case .appendTail: return frameAppendTail(&buffer)
        case .skipping(let input): return skip(&buffer, input)
        case .failing(let failure):
            state = .closed
            return .event(.failed(failure))
        }
    }

    /// Makes the next line a `.line` event instead of a command. For AUTHENTICATE and IDLE.
    ///
    /// - Parameter limit: in bytes; a longer line is a failure, and is skipped. nil: as long as a
    ///   command, and nothing is read behind a longer one.
    public mutating func expectLine(upTo limit: Int? = nil) {
        if case .closed = state { return }
        state = .line(upTo: min(limit ?? .max, limits.lineBytes))
    }

    /// Whether the decoder holds no part of a command; the buffer may.
    public var isBetweenCommands: Bool {
        if case .command = state { frame.end == 0 } else { false }
    }

    private mutating func readLine(_ buffer: inout ByteBuffer, upTo limit: Int) -> Step {
        let lineFeed = buffer.offsetOfLineFeed(from: frame.searched)
        guard (lineFeed ?? buffer.readableBytes) < limit else {
            let failure = ParseFailure(tag: nil, message: "line too long", offset: limit)
            startCommand()
            state =
                limit < limits.lineBytes
                ? .skipping(SkippedInput(remaining: 0, allowance: 0)) : .closed
            return .event(.failed(limit < limits.lineBytes ? failure : failure.closing))
        }
        guard let lineFeed else {
            frame.searched = buffer.readableBytes
            return .needsMore
        }
        let length = buffer.lengthOfLine(from: 0, lineFeed: lineFeed)
        guard let line = buffer.readSlice(length: length) else { return .needsMore }
        buffer.moveReaderIndex(forwardBy: lineFeed + 1 - length)
        startCommand()
        return .event(.line(line))
    }

    /// Stands at the start of a command again.
    mutating func startCommand() {
        state = .command
        frame = CommandFrame()
        append = nil
    }
}
