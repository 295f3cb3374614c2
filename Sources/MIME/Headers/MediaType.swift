/// The type and subtype of a Content-Type field.
struct MediaType {
    var type: Range<Int>
    var subtype: Range<Int>
    /// Where the parameters start.
    var parameters: Range<Int>

    /// - Returns: nil when the field is not `type/subtype`: RFC 2045 §5.2 then says text/plain.
    ///
    /// content := "Content-Type" ":" type "/" subtype *(";" parameter)         RFC 2045 §5.1
    init?(_ view: ByteView, field: Range<Int>) {
        var lexer = HeaderLexer(view, field)
        lexer.skipBlanksAndComments()
        guard let type = MediaType.token(&lexer) else { return nil }
        lexer.skipBlanksAndComments()
        guard lexer.byte == ASCII.slash else { return nil }
        lexer.position += 1
        lexer.skipBlanksAndComments()
        guard let subtype = MediaType.token(&lexer) else { return nil }
        // "text/html/plain" or "text/plain=x" is no type.
        guard lexer.byte != ASCII.slash, lexer.byte != ASCII.equals else { return nil }
        self.type = type
        self.subtype = subtype
        parameters = lexer.position..<lexer.end
    }

    /// The first token of a field such as Content-Transfer-Encoding or Content-Disposition.
    static func firstToken(_ view: ByteView, field: Range<Int>) -> (Range<Int>, rest: Range<Int>)? {
        var lexer = HeaderLexer(view, field)
        lexer.skipBlanksAndComments()
        // Some programs quote what should be a token.
        if let inside = lexer.skipQuoted() { return (inside, lexer.position..<lexer.end) }
        guard let token = token(&lexer) else { return nil }
        return (token, lexer.position..<lexer.end)
    }

    private static func token(_ lexer: inout HeaderLexer) -> Range<Int>? {
        let start = lexer.position
        while !lexer.atEnd, ASCII.isToken(lexer.byte) { lexer.position += 1 }
        return start < lexer.position ? start..<lexer.position : nil
    }
}
