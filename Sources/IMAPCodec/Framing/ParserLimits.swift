/// What a client may cost the decoder. Every figure is per command unless it says otherwise.
public struct ParserLimits: Hashable, Sendable {
    /// S1. A command's lines together, literals not counted.
    public var lineBytes: Int
    /// S1. Whether a longer line ends the connection: before login nobody has a reason for one.
    public var closesOnLongLine: Bool
    /// S2. One literal that is no message.
    public var literalBytes: Int
    /// S2. All literals of a command that are no message.
    public var literalTotalBytes: Int
    /// S2. A literal costs a step of the framing, so their number is bounded as well.
    public var literals: Int
    /// S2. Before login only LOGIN, AUTHENTICATE and ID may send literals.
    public var restrictsLiteralsToLogin: Bool
    /// S3. A non-synchronising literal over a limit is read and thrown away up to this size;
    /// a longer one ends the connection. The size is that of LITERAL-: RFC 7888 §5.
    public var discardedLiteralBytes: Int
    /// S4. A message of APPEND, the APPENDLIMIT that is told to clients: RFC 7889.
    public var appendBytes: UInt64
    /// A non-synchronising message that is refused (an unknown mailbox, a message over the limit)
    /// is read and thrown away up to this size; a longer one ends the connection.
    ///
    /// RFC 7888 §4 leaves both to the server. More than S3 has it for other literals: closing tells
    /// nothing to the user, and a client that connects again and repeats the command never comes to
    /// an end. It costs no memory, and no more of the network than a message that is taken. Twice
    /// APPENDLIMIT, so that a client that did not ask for it still learns which limit it met.
    public var discardedAppendBytes: UInt64
    /// S20. The line that ends IDLE.
    public static let doneLineBytes = 64
    /// S5. Parentheses within each other, and NOT and OR of SEARCH.
    public var nesting: Int
    /// S5. Atoms, strings, numbers and parentheses; a sequence set is one.
    public var tokens: Int
    /// S7. Ranges of a sequence set after merging those that touch.
    public var setRanges: Int
    /// Longer tags have no use and would be echoed.
    public var tagBytes: Int

    public static let beforeLogin = ParserLimits(
        lineBytes: 8 << 10, closesOnLongLine: true, literalBytes: 8 << 10,
        literalTotalBytes: 8 << 10, literals: 64, restrictsLiteralsToLogin: true,
        discardedLiteralBytes: 4 << 10, appendBytes: 50 << 20, discardedAppendBytes: 4 << 10,
        nesting: 32, tokens: 4096, setRanges: 1024, tagBytes: 255)

    public static let afterLogin = ParserLimits(
        lineBytes: 64 << 10, closesOnLongLine: false, literalBytes: 64 << 10,
        literalTotalBytes: 256 << 10, literals: 1024, restrictsLiteralsToLogin: false,
        discardedLiteralBytes: 4 << 10, appendBytes: 50 << 20, discardedAppendBytes: 100 << 20,
        nesting: 32, tokens: 4096, setRanges: 1024, tagBytes: 255)
}
