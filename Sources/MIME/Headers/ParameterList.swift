/// One `name=value` of a Content-Type or Content-Disposition field, as ranges of the message's bytes.
struct Parameter {
    var name: Range<Int>
    /// What stands between the quotes, or the bare value.
    var value: Range<Int>
    var isQuoted: Bool

    /// The value without quoting and folds.
    func unquoted(in view: ByteView) -> [UInt8] {
        guard isQuoted else { return view.array(value) }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(value.count)
        HeaderLexer.appendUnescaped(view, value, to: &bytes)
        return bytes
    }
}

/// The parameters of a field one after another, up to the limit.
///
/// Takes what mail has rather than what RFC 2045 allows: a missing semicolon, values with specials
/// or blanks in them, empty items. RFC 2231 names come as they stand (`filename*0*`).
struct ParameterList {
    private var lexer: HeaderLexer
    private var left: Int

    init(_ view: ByteView, _ range: Range<Int>, limits: MIMELimits) {
        lexer = HeaderLexer(view, range)
        left = limits.parameters
    }

    // parameter = attribute "=" value                                         RFC 2045 §5.1
    mutating func next() -> Parameter? {
        while left > 0 {
            lexer.skipBlanksAndComments()
            guard !lexer.atEnd else { return nil }
            let name = takeName()
            lexer.skipBlanksAndComments()
            if !name.isEmpty, lexer.byte == ASCII.equals {
                lexer.position += 1
                lexer.skipBlanksAndComments()
                left -= 1
                return takeValue(of: name)
            }
            if name.isEmpty { skipOdd() }
        }
        return nil
    }

    private mutating func takeName() -> Range<Int> {
        let start = lexer.position
        while !lexer.atEnd, ASCII.isToken(lexer.byte) { lexer.position += 1 }
        return start..<lexer.position
    }

    /// Gets over a semicolon, a quoted string or a byte that starts no name.
    private mutating func skipOdd() {
        if !lexer.atEnd, lexer.skipQuoted() == nil { lexer.position += 1 }
    }

    private mutating func takeValue(of name: Range<Int>) -> Parameter {
        if let inside = lexer.skipQuoted() {
            return Parameter(name: name, value: inside, isQuoted: true)
        }
        let start = lexer.position
        skipBareWord()
        var valueEnd = lexer.position
        if let semicolon = endOfLooseWords() {
            valueEnd = lexer.view.trimmed(start..<semicolon).upperBound
            lexer.position = semicolon
        }
        return Parameter(name: name, value: start..<valueEnd, isQuoted: false)
    }

    private mutating func skipBareWord() {
        while !lexer.atEnd, lexer.byte != ASCII.semicolon, !ASCII.isBlank(lexer.byte) {
            lexer.position += 1
        }
    }

    /// For `filename=my file.txt; …`: where the value ends, if what follows is neither a comment nor
    /// another parameter whose semicolon was forgotten.
    private func endOfLooseWords() -> Int? {
        var index = lexer.position
        while index < lexer.end {
            switch lexer.view[index] {
            case ASCII.semicolon, ASCII.lf: return index
            case ASCII.equals, ASCII.openParenthesis, ASCII.quote: return nil
            default: index += 1
            }
        }
        return index
    }
}
