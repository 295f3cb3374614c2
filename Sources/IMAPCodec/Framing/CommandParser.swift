/// Reads one command from its bytes, which hold its lines and literals as they came.
///
/// Rules of the grammar are extensions of it: the leaves in `Grammar`, the commands beside their
/// values in `Commands`. No byte is read twice by a rule, and none beyond the end.
struct CommandParser {
    /// Without the last line end, unless the bytes end at a literal.
    let bytes: UnsafeRawBufferPointer
    /// Whether the bytes end with the announcement of a literal that has not come.
    let endsAtLiteral: Bool
    let encoding: EncodingOptions
    var position = 0
    var budget: ParseBudget
    private(set) var tag: String?
    /// In capitals; empty before it was read.
    private(set) var commandName = ""
    /// The keyword read last, for messages.
    private var lastWord = ""

    init(
        _ bytes: UnsafeRawBufferPointer, endsAtLiteral: Bool = false, limits: ParserLimits,
        encoding: EncodingOptions = EncodingOptions()
    ) {
        self.bytes = bytes
        self.endsAtLiteral = endsAtLiteral
        self.encoding = encoding
        budget = ParseBudget(limits)
    }
}

/// Why parsing stopped before the end of the command.
enum ParseStop: Error {
    case bad(message: String, offset: Int)
    /// The rules are satisfied as far as the announced literal, which is a string.
    case literalAhead
    /// The announced literal is a message of APPEND.
    indirect case messageAhead(AppendHeader)
}

extension CommandParser {
    /// The next byte, or nil at the end.
    @inline(__always)
    var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    @inline(__always)
    func isNext(_ byte: UInt8) -> Bool { position < bytes.count && bytes[position] == byte }

    /// Consumes `byte` if it is next.
    @inline(__always)
    mutating func skip(_ byte: UInt8) -> Bool {
        guard isNext(byte) else { return false }
        position += 1
        return true
    }

    mutating func space() throws(ParseStop) {
        guard skip(UInt8(ascii: " ")) else { throw expected("a space") }
    }

    /// Consumes a space that something follows; spaces at the command's end stay for `end()`.
    mutating func spaceBeforeMore() -> Bool {
        guard isNext(UInt8(ascii: " ")) else { return false }
        var behind = position + 1
        while behind < bytes.count, bytes[behind] == UInt8(ascii: " ") { behind += 1 }
        guard behind < bytes.count else { return false }
        position += 1
        return true
    }

    mutating func expect(_ byte: UInt8, _ name: StaticString) throws(ParseStop) {
        guard skip(byte) else { throw expected(name) }
    }

    /// The command's end. Spaces before it are forgiven: some clients send them.
    mutating func end() throws(ParseStop) {
        while skip(UInt8(ascii: " ")) {}
        guard position == bytes.count else { throw expected("the end of the line") }
    }

    /// "(" item *(SP item) ")", or "()" where `mayBeEmpty`; counted as a level of nesting.
    mutating func list(
        mayBeEmpty: Bool = false,
        _ item: (inout CommandParser) throws(ParseStop) -> Void
    ) throws(ParseStop) {
        try expect(UInt8(ascii: "("), "\"(\"")
        try enter()
        if mayBeEmpty, skip(UInt8(ascii: ")")) {
            budget.leave()
            return
        }
        repeat { try item(&self) } while skip(UInt8(ascii: " "))
        try expect(UInt8(ascii: ")"), "a space or \")\"")
        budget.leave()
    }

    /// Counts a level of nesting; the caller calls `budget.leave()` after it.
    mutating func enter() throws(ParseStop) {
        guard budget.enter() else { throw bad("too many levels of nesting") }
        try spendToken()
    }

    @inline(__always)
    mutating func spendToken() throws(ParseStop) {
        guard budget.spendToken() else { throw bad("too many words in one command") }
    }

    mutating func remember(word: String) { lastWord = word }

    mutating func remember(tag: String) { self.tag = tag }

    mutating func remember(commandName: String) {
        self.commandName = commandName
        lastWord = commandName
    }

    /// The failure of a rule that wanted something else at this place.
    func expected(_ name: StaticString) -> ParseStop { bad("expected \(name)") }

    /// - Parameter problem: a text without the client's arguments.
    func bad(_ problem: String, at offset: Int? = nil) -> ParseStop {
        let offset = offset ?? position
        let place = lastWord.isEmpty ? "" : " (after \"\(lastWord)\")"
        return .bad(message: "\(problem) at byte \(offset)\(place)", offset: offset)
    }
}
