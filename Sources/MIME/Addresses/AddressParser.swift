/// Reads an address list as ENVELOPE shows it, one address or group mark at a time.
///
/// Takes every byte string: RFC 5322 §3.4 with the obsolete forms of §4.4, 8-bit names, lists in
/// which commas or addresses are missing. What has no "@" at all becomes a mailbox with an empty
/// host ("root", "joe at example.org"), because a host that is NIL would mean a group mark.
/// Reading is linear in the length of the field.
struct AddressParser {
    enum Token { case address, groupStart, groupEnd }

    private var lexer: HeaderLexer
    private var left: Int
    private var inGroup = false
    /// Whether a group is open whose end has not been given yet.
    var isInGroup: Bool { inGroup }
    private var bracketsClose = true

    /// The words outside angle brackets, and those inside.
    private var outside = AddressWords()
    private var inside = AddressWords()
    private var hasAngle = false
    private var comment: [UInt8] = []
    /// The source route of an angle address: "@a,@b"; empty when there is none.
    private(set) var route: [UInt8] = []

    init(_ view: ByteView, _ field: Range<Int>, limits: MIMELimits) {
        lexer = HeaderLexer(view, field)
        left = limits.addresses
    }

    /// The display name, or the first comment where there is none; the name of a group at its start.
    var name: [UInt8] {
        hasAngle || inGroupStart ? (outside.isEmpty ? comment : outside.text) : comment
    }
    var mailbox: ArraySlice<UInt8> { hasAngle ? inside.mailbox : outside.mailbox }
    var host: ArraySlice<UInt8> { hasAngle ? inside.host : outside.host }

    private var inGroupStart = false

    /// The next address or group mark; its parts are in the properties. nil at the end.
    mutating func next() -> Token? {
        guard left > 0 else { return closeGroup() }
        reset()
        while !lexer.atEnd {
            if let token = step() {
                left -= 1
                return token
            }
        }
        if hasContent {
            left -= 1
            return .address
        }
        return closeGroup()
    }

    private var hasContent: Bool { hasAngle || !outside.isEmpty }

    private mutating func reset() {
        outside.removeAll()
        inside.removeAll()
        comment.removeAll(keepingCapacity: true)
        route.removeAll(keepingCapacity: true)
        hasAngle = false
        inGroupStart = false
    }

    private mutating func closeGroup() -> Token? {
        guard inGroup else { return nil }
        inGroup = false
        return .groupEnd
    }

    // address = mailbox / group                                                RFC 5322 §3.4
    private mutating func step() -> Token? {
        switch lexer.byte {
        case ASCII.comma:
            lexer.position += 1
            return hasContent ? .address : nil
        case ASCII.semicolon: return semicolon()
        case ASCII.colon: return colon()
        case ASCII.openAngle:
            if hasAngle { return .address }  // a comma was forgotten
            lexer.position += 1
            hasAngle = true
            readAngle()
            return nil
        default:
            readWord(into: \.outside)
            return nil
        }
    }

    // group = display-name ":" [group-list] ";" [CFWS]                         RFC 5322 §3.4
    private mutating func colon() -> Token? {
        lexer.position += 1
        guard !inGroup, !hasAngle, !outside.hasAt else { return nil }
        inGroup = true
        inGroupStart = true
        return .groupStart
    }

    private mutating func semicolon() -> Token? {
        if hasContent, inGroup { return .address }  // the mark follows
        lexer.position += 1
        if inGroup { return closeGroup() }
        return hasContent ? .address : nil
    }

    // angle-addr = [CFWS] "<" [obs-route] addr-spec ">" [CFWS]             RFC 5322 §3.4.1, §4.4
    private mutating func readAngle() {
        lexer.skipBlanksAndComments()
        if lexer.byte == ASCII.at { readRoute() }
        while !lexer.atEnd {
            switch lexer.byte {
            case ASCII.closeAngle:
                lexer.position += 1
                return
            case ASCII.comma, ASCII.openAngle: return  // the closing bracket is missing
            default: readWord(into: \.inside)
            }
        }
    }

    // obs-route = obs-domain-list ":"                                          RFC 5322 §4.4
    private mutating func readRoute() {
        let start = lexer.position
        var index = start
        while index < lexer.end {
            switch lexer.view[index] {
            case ASCII.colon:
                for offset in start..<index where !ASCII.isBlank(lexer.view[offset]) {
                    route.append(lexer.view[offset])
                }
                lexer.position = index + 1
                return
            case ASCII.closeAngle, ASCII.openAngle, ASCII.quote: return
            default: index += 1
            }
        }
    }

    /// Takes one word, blank, comment or mark; always moves on.
    private mutating func readWord(into words: WritableKeyPath<AddressParser, AddressWords>) {
        let view = lexer.view
        let byte = lexer.byte
        let start = lexer.position
        if ASCII.isBlank(byte) {
            lexer.position += 1
            self[keyPath: words].blank()
        } else if byte == ASCII.openParenthesis, let text = lexer.skipComment() {
            if comment.isEmpty { HeaderLexer.appendUnescaped(view, text, to: &comment) }
            self[keyPath: words].blank()
        } else if byte == ASCII.quote, let text = lexer.skipQuoted() {
            self[keyPath: words].appendQuoted(view, text)
        } else if byte == ASCII.at {
            lexer.position += 1
            self[keyPath: words].at()
        } else if byte == ASCII.openBracket, let end = literalEnd() {
            lexer.position = end
            self[keyPath: words].append(view, start..<end)
        } else {
            lexer.position += 1
            while !lexer.atEnd, !AddressParser.endsWord(lexer.byte) { lexer.position += 1 }
            self[keyPath: words].append(view, start..<lexer.position)
        }
    }

    /// Where the domain literal ends that starts here: RFC 5322 §3.4.1.
    private mutating func literalEnd() -> Int? {
        guard bracketsClose else { return nil }
        guard let end = lexer.view.first(ASCII.closeBracket, from: lexer.position, to: lexer.end)
        else {
            bracketsClose = false
            return nil
        }
        return end + 1
    }

    private static func endsWord(_ byte: UInt8) -> Bool {
        switch byte {
        case ASCII.space, ASCII.tab, ASCII.cr, ASCII.lf, ASCII.openParenthesis, ASCII.quote,
            ASCII.openAngle, ASCII.closeAngle, ASCII.openBracket, ASCII.at, ASCII.comma,
            ASCII.semicolon, ASCII.colon:
            return true
        default: return false
        }
    }
}
