/// What the structured fields have in common: white space, comments, quoted strings.
///
/// A quote or a parenthesis that never closes is an ordinary character; that it does not close is
/// found out once a lexer, so that no input makes it search twice for the same end.
struct HeaderLexer {
    let view: ByteView
    var position: Int
    let end: Int
    private var quotesClose = true
    private var commentsClose = true

    init(_ view: ByteView, _ range: Range<Int>) {
        self.view = view
        let range = view.clamp(range)
        position = range.lowerBound
        end = range.upperBound
    }

    var atEnd: Bool { position >= end }
    var byte: UInt8 { position < end ? view[position] : 0 }

    /// CFWS = *([FWS] comment) [FWS]                                           RFC 5322 §3.2.2
    mutating func skipBlanksAndComments() {
        while position < end {
            if ASCII.isBlank(view[position]) {
                position += 1
            } else if view[position] == ASCII.openParenthesis {
                guard skipComment() != nil else { return }
            } else {
                return
            }
        }
    }

    /// Moves behind the comment that starts here; nil (and no move) when it never closes.
    ///
    /// comment = "(" *([FWS] ccontent) [FWS] ")"                               RFC 5322 §3.2.2
    mutating func skipComment() -> Range<Int>? {
        guard commentsClose, byte == ASCII.openParenthesis else { return nil }
        var depth = 0
        var index = position
        while index < end {
            switch view[index] {
            case ASCII.openParenthesis: depth += 1
            case ASCII.closeParenthesis: depth -= 1
            case ASCII.backslash: index += 1
            default: break
            }
            index += 1
            if depth == 0 {
                let inside = (position + 1)..<Swift.max(position + 1, Swift.min(index, end) - 1)
                position = Swift.min(index, end)
                return inside
            }
        }
        commentsClose = false
        return nil
    }

    /// Moves behind the quoted string that starts here and gives what stands between the quotes;
    /// nil (and no move) when it never closes.
    ///
    /// quoted-string = DQUOTE *([FWS] qcontent) [FWS] DQUOTE                   RFC 5322 §3.2.4
    mutating func skipQuoted() -> Range<Int>? {
        guard quotesClose, byte == ASCII.quote else { return nil }
        var index = position + 1
        while index < end {
            let byte = view[index]
            if byte == ASCII.quote {
                let inside = (position + 1)..<index
                position = index + 1
                return inside
            }
            index += byte == ASCII.backslash ? 2 : 1
        }
        quotesClose = false
        return nil
    }

    /// Appends the text of a quoted string or comment: escapes resolved, folds taken out.
    static func appendUnescaped(_ view: ByteView, _ range: Range<Int>, to bytes: inout [UInt8]) {
        var index = range.lowerBound
        while index < range.upperBound {
            var byte = view[index]
            if byte == ASCII.backslash, index + 1 < range.upperBound {
                index += 1
                byte = view[index]
            } else if byte == ASCII.lf || (byte == ASCII.cr && view[index + 1] == ASCII.lf) {
                index += 1
                continue
            }
            bytes.append(byte)
            index += 1
        }
    }
}
