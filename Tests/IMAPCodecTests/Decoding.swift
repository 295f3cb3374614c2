import IMAPCodec
import MailModel
import NIOCore

/// What a decoder told, with the pieces of messages joined, so that runs can be compared.
enum Heard: Hashable {
    case command(TaggedCommand)
    case continuation
    case began(String, AppendHeader)
    case message([UInt8])
    case ended(String)
    case line([UInt8])
    case failed(ParseFailure)
}

/// A decoder with its buffer and an owner that accepts or refuses every message.
struct Listener {
    var decoder: CommandDecoder
    var buffer = ByteBuffer()
    var heard: [Heard] = []
    var accepts = true
    /// Whether a line is expected after IDLE and AUTHENTICATE, as a session would.
    var followsLines = true
    private var message: [UInt8] = []

    init(limits: ParserLimits = .afterLogin) { decoder = CommandDecoder(limits: limits) }

    mutating func feed(_ bytes: some Sequence<UInt8>) {
        buffer.writeBytes(bytes)
        while let event = decoder.next(from: &buffer) { hear(event) }
    }

    mutating func feed(_ text: String) { feed(text.utf8) }

    private mutating func hear(_ event: CommandEvent) {
        switch event {
        case .command(let command):
            heard.append(.command(command))
            switch command.command {
            case .idle:
                if followsLines { decoder.expectLine(upTo: ParserLimits.doneLineBytes) }
            case .authenticate: if followsLines { decoder.expectLine() }
            default: break
            }
        case .continuationWanted: heard.append(.continuation)
        case .appendBegan(let tag, let header):
            heard.append(.began(tag, header))
            if accepts { decoder.acceptAppendLiteral() } else { decoder.refuseAppendLiteral() }
        case .appendBytes(let bytes): message.append(contentsOf: bytes.readableBytesView)
        case .appendMessageEnded:
            heard.append(.message(message))
            message = []
        case .appendEnded(let tag): heard.append(.ended(tag))
        case .line(let line): heard.append(.line(Array(line.readableBytesView)))
        case .failed(let failure):
            message = []
            heard.append(.failed(failure))
        }
    }

    var lastFailure: ParseFailure? {
        if case .failed(let failure) = heard.last { failure } else { nil }
    }
}

/// What a decoder makes of `text`, fed whole.
func hear(_ text: String, limits: ParserLimits = .afterLogin) -> [Heard] {
    var listener = Listener(limits: limits)
    listener.feed(text)
    return listener.heard
}

/// The command that `line`, without its CRLF, is read as; nil when it is refused.
func command(_ line: String, limits: ParserLimits = .afterLogin) -> Command? {
    var listener = Listener(limits: limits)
    listener.feed(line + "\r\n")
    for case .command(let command) in listener.heard { return command.command }
    return nil
}

/// The failure of `line`, without its CRLF.
func failure(_ line: String, limits: ParserLimits = .afterLogin) -> ParseFailure? {
    var listener = Listener(limits: limits)
    listener.feed(line + "\r\n")
    return listener.lastFailure
}

/// The texts' failure to be read as a command, as a check that tables of bad input use.
func isRefused(_ line: String) -> Bool {
    let heard = hear(line + "\r\nz NOOP\r\n")
    guard case .failed = heard.first else { return false }
    return heard.last == .command(TaggedCommand(tag: "z", command: .noop))
}

func mailbox(_ name: String) -> MailboxArgument {
    do { return .valid(try MailboxName(name)) } catch { return .invalid(reason: "\(error)") }
}

func set(_ ranges: (UInt32?, UInt32?)...) -> SequenceSet {
    .ranges(ranges.map { SequenceSet.Range($0.0, $0.1) })
}

func keyword(_ name: String) -> [Keyword] { Keyword(name).map { [$0] } ?? [] }

/// A generator whose runs can be repeated: SplitMix64.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
