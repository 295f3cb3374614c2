import MailModel

extension CommandParser {
    /// fetch = "FETCH" SP sequence-set SP ("ALL" / "FULL" / "FAST" / fetch-att /
    ///         "(" fetch-att *(SP fetch-att) ")") [fetch-modifiers]            RFC 4466 §6
    mutating func fetchArguments(_ kind: NumberKind) throws(ParseStop) -> FetchCommand {
        try space()
        let messages = try sequenceSet()
        try space()
        var items: [FetchItem] = []
        if isNext(UInt8(ascii: "(")) {
            try list { parser throws(ParseStop) in
                let name = try parser.word()
                items.append(try parser.fetchItem(name))
            }
        } else {
            let name = try word()
            if let macro = FetchItem.macro(name) {
                items = macro
            } else {
                items.append(try fetchItem(name))
            }
        }
        var changedSince: ModSeq?
        if spaceBeforeMore() {
            changedSince = try fetchModifiers()
        }
        return FetchCommand(
            kind: kind, messages: messages, items: items, changedSince: changedSince)
    }

    /// fetch-modifiers = SP "(" fetch-modifier *(SP fetch-modifier) ")"
    ///
    /// chgsince-fetch-mod = "CHANGEDSINCE" SP mod-sequence-value: RFC 7162 §7.
    private mutating func fetchModifiers() throws(ParseStop) -> ModSeq? {
        var changedSince: ModSeq?
        try list { parser throws(ParseStop) in
            let start = parser.position
            guard try parser.word() == "CHANGEDSINCE" else {
                throw parser.bad("unknown modifier", at: start)
            }
            try parser.space()
            changedSince = ModSeq(try parser.nzNumber64())
        }
        return changedSince
    }

    /// fetch-att = "ENVELOPE" / "FLAGS" / … / "BODY" [".PEEK"] section [partial] / …
    ///
    /// RFC 9051 §9.
    private mutating func fetchItem(_ name: String) throws(ParseStop) -> FetchItem {
        switch name {
        case "FLAGS": return .flags
        case "UID": return .uid
        case "ENVELOPE": return .envelope
        case "INTERNALDATE": return .internalDate
        case "RFC822.SIZE": return .rfc822Size
        case "BODYSTRUCTURE": return .bodyStructure
        case "BODY":
            return isNext(UInt8(ascii: "[")) ? try bodySection(peek: false) : .body
        case "BODY.PEEK": return try bodySection(peek: true)
        case "RFC822": return .rfc822
        case "RFC822.HEADER": return .rfc822Header
        case "RFC822.TEXT": return .rfc822Text
        case "MODSEQ": return .modSeq
        case "BINARY": return try binary(peek: false)
        case "BINARY.PEEK": return try binary(peek: true)
        case "BINARY.SIZE": return .binarySize(part: try binaryPart())
        case "EMAILID": return .emailID
        case "THREADID": return .threadID
        case "SAVEDATE": return .saveDate
        default: throw bad("unknown fetch item")
        }
    }

    private mutating func bodySection(peek: Bool) throws(ParseStop) -> FetchItem {
        .bodySection(try section(), peek: peek, partial: try partial())
    }

    private mutating func binary(peek: Bool) throws(ParseStop) -> FetchItem {
        .binary(part: try binaryPart(), peek: peek, partial: try partial())
    }

    /// section-binary = "[" [section-part] "]"                                  RFC 9051 §9
    private mutating func binaryPart() throws(ParseStop) -> [UInt32] {
        try expect(UInt8(ascii: "["), "\"[\"")
        var part: [UInt32] = []
        if !isNext(UInt8(ascii: "]")) {
            repeat { part.append(try partNumber()) } while skip(UInt8(ascii: "."))
        }
        try expect(UInt8(ascii: "]"), "\"]\"")
        return part
    }

    private mutating func partNumber() throws(ParseStop) -> UInt32 {
        try spendToken()
        return try nzNumber()
    }

    /// partial = "<" number64 "." nz-number64 ">"                               RFC 9051 §9
    private mutating func partial() throws(ParseStop) -> Partial? {
        guard skip(UInt8(ascii: "<")) else { return nil }
        let offset = try number64()
        try expect(UInt8(ascii: "."), "\".\"")
        let count = try nzNumber64()
        try expect(UInt8(ascii: ">"), "\">\"")
        return Partial(offset: offset, count: count)
    }

    /// section = "[" [section-spec] "]"; section-spec = section-msgtext / (section-part
    ///           ["." section-text])                                            RFC 9051 §9
    private mutating func section() throws(ParseStop) -> Section {
        try expect(UInt8(ascii: "["), "\"[\"")
        var part: [UInt32] = []
        var kind = Section.Kind.whole
        while kind == .whole, !isNext(UInt8(ascii: "]")) {
            if let byte = next, Bytes.isDigit(byte) {
                part.append(try partNumber())
                guard skip(UInt8(ascii: ".")) else { break }
                if isNext(UInt8(ascii: "]")) { throw expected("a part number or a section text") }
            } else {
                kind = try sectionText(isInPart: !part.isEmpty)
            }
        }
        try expect(UInt8(ascii: "]"), "\"]\"")
        return Section(part: part, kind: kind)
    }

    /// section-msgtext = "HEADER" / "HEADER.FIELDS" [".NOT"] SP header-list / "TEXT"
    /// section-text = section-msgtext / "MIME"                                  RFC 9051 §9
    private mutating func sectionText(isInPart: Bool) throws(ParseStop) -> Section.Kind {
        let start = position
        switch try word() {
        case "HEADER": return .header
        case "TEXT": return .text
        case "MIME" where isInPart: return .mime
        case "HEADER.FIELDS": return .headerFields(try headerList())
        case "HEADER.FIELDS.NOT": return .headerFieldsNot(try headerList())
        default: throw bad("unknown section", at: start)
        }
    }

    /// header-list = "(" header-fld-name *(SP header-fld-name) ")"              RFC 9051 §9
    private mutating func headerList() throws(ParseStop) -> [String] {
        try space()
        var names: [String] = []
        try list { parser throws(ParseStop) in
            names.append(try parser.asciiString("a field name"))
        }
        return names
    }
}

extension FetchItem {
    /// ALL, FAST and FULL: RFC 9051 §6.4.5.
    fileprivate static func macro(_ name: String) -> [FetchItem]? {
        switch name {
        case "ALL": [.flags, .internalDate, .rfc822Size, .envelope]
        case "FAST": [.flags, .internalDate, .rfc822Size]
        case "FULL": [.flags, .internalDate, .rfc822Size, .envelope, .body]
        default: nil
        }
    }
}
