extension CommandParser {
    /// astring = 1*ASTRING-CHAR / string                                        RFC 9051 §9
    mutating func astring() throws(ParseStop) -> [UInt8] {
        switch next {
        case UInt8(ascii: "\""), UInt8(ascii: "{"): return try string()
        default:
            let start = position
            while let byte = next, Bytes.isAString(byte) { position += 1 }
            guard position > start else { throw expected("a string") }
            try spendToken()
            return Array(bytes[start..<position])
        }
    }

    /// string = quoted / literal                                                RFC 9051 §9
    mutating func string() throws(ParseStop) -> [UInt8] {
        try spendToken()
        switch next {
        case UInt8(ascii: "\""): return try quoted()
        case UInt8(ascii: "{"): return try literal()
        default: throw expected("a string")
        }
    }

    /// nstring = string / nil                                                   RFC 9051 §9
    mutating func nstring() throws(ParseStop) -> [UInt8]? {
        if skip(word: "NIL") {
            try spendToken()
            return nil
        }
        return try string()
    }

    /// An astring that must be ASCII without control characters, such as a field's name.
    mutating func asciiString(_ name: StaticString) throws(ParseStop) -> String {
        let start = position
        let bytes = try astring()
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) else {
            throw bad("expected \(name) in ASCII", at: start)
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// quoted = DQUOTE *QUOTED-CHAR DQUOTE                                      RFC 9051 §9
    ///
    /// A backslash before any byte but CR and LF stands for that byte, 8-bit bytes for themselves.
    private mutating func quoted() throws(ParseStop) -> [UInt8] {
        let start = position
        position += 1
        var result: [UInt8] = []
        var run = position
        while let byte = next {
            switch byte {
            case UInt8(ascii: "\""):
                result.append(contentsOf: bytes[run..<position])
                position += 1
                return result
            case UInt8(ascii: "\\"):
                result.append(contentsOf: bytes[run..<position])
                position += 1
                run = position
                guard let escaped = next, !isLineEnd(escaped) else {
                    throw expected("a character after \"\\\"")
                }
                position += 1
            case 0x0D, 0x0A: throw bad("line end in a quoted string")
            default: position += 1
            }
        }
        throw bad("quoted string without its end", at: start)
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0D || byte == 0x0A }

    /// literal = "{" number64 ["+"] "}" CRLF *CHAR8                     RFC 9051 §9, RFC 7888 §8
    ///
    /// The framing has made sure that the bytes are there, or told that they are to come.
    private mutating func literal() throws(ParseStop) -> [UInt8] {
        let start = position
        let announced = try literalAnnouncement()
        if endsAtLiteral, position == bytes.count { throw .literalAhead }
        guard let size = Int(exactly: announced.sizeBytes), size <= bytes.count - position else {
            throw bad("literal without its bytes", at: start)
        }
        position += size
        return Array(bytes[(position - size)..<position])
    }

    /// The part of a literal before its bytes, with its line end.
    mutating func literalAnnouncement() throws(ParseStop) -> LiteralAnnouncement {
        let isBinary = skip(UInt8(ascii: "~"))
        try expect(UInt8(ascii: "{"), "a literal")
        let size = try number64()
        let isSynchronising = !skip(UInt8(ascii: "+"))
        try expect(UInt8(ascii: "}"), "\"}\"")
        _ = skip(0x0D)
        try expect(0x0A, "a line end after \"}\"")
        return LiteralAnnouncement(
            sizeBytes: size, isSynchronising: isSynchronising, isBinary: isBinary)
    }
}
