import MailModel

extension CommandParser {
    /// search-key *(SP search-key): a conjunction, without its wrapping for a single key.
    mutating func searchKeys() throws(ParseStop) -> SearchKey {
        var keys: [SearchKey] = []
        repeat { keys.append(try searchKey()) } while spaceBeforeMore()
        return keys.count == 1 ? keys[0] : .and(keys)
    }

    /// search-key = "ALL" / "ANSWERED" / … / sequence-set / "(" search-key *(SP search-key) ")"
    ///
    /// RFC 9051 §9.
    private mutating func searchKey() throws(ParseStop) -> SearchKey {
        guard let byte = next else { throw expected("a search key") }
        switch byte {
        case UInt8(ascii: "("):
            position += 1
            try enter()
            let keys = try searchKeys()
            try expect(UInt8(ascii: ")"), "a space or \")\"")
            budget.leave()
            return keys
        case UInt8(ascii: "*"), UInt8(ascii: "$"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return .sequence(try sequenceSet())
        default:
            let start = position
            let name = try word()
            if let key = flagKey(name) { return key }
            if let key = try headerKey(name) { return key }
            if let key = try dateKey(name) { return key }
            if let key = try otherKey(name) { return key }
            throw bad("unknown search key", at: start)
        }
    }

    private func flagKey(_ name: String) -> SearchKey? {
        switch name {
        case "ALL": .all
        case "ANSWERED": .flags(set: .answered, unset: [])
        case "DELETED": .flags(set: .deleted, unset: [])
        case "DRAFT": .flags(set: .draft, unset: [])
        case "FLAGGED": .flags(set: .flagged, unset: [])
        case "SEEN": .flags(set: .seen, unset: [])
        case "UNANSWERED": .flags(set: [], unset: .answered)
        case "UNDELETED": .flags(set: [], unset: .deleted)
        case "UNDRAFT": .flags(set: [], unset: .draft)
        case "UNFLAGGED": .flags(set: [], unset: .flagged)
        case "UNSEEN": .flags(set: [], unset: .seen)
        case "RECENT": .recent
        case "NEW": .and([.recent, .flags(set: [], unset: .seen)])
        case "OLD": .not(.recent)
        default: nil
        }
    }

    /// "BCC" SP astring, and so on; "HEADER" SP header-fld-name SP astring.
    private mutating func headerKey(_ name: String) throws(ParseStop) -> SearchKey? {
        switch name {
        case "BCC": return .header(name: "Bcc", text: try textArgument())
        case "CC": return .header(name: "Cc", text: try textArgument())
        case "FROM": return .header(name: "From", text: try textArgument())
        case "SUBJECT": return .header(name: "Subject", text: try textArgument())
        case "TO": return .header(name: "To", text: try textArgument())
        case "BODY": return .body(try textArgument())
        case "TEXT": return .text(try textArgument())
        case "HEADER":
            try space()
            let field = try asciiString("a field name")
            return .header(name: field, text: try textArgument())
        default: return nil
        }
    }

    private mutating func textArgument() throws(ParseStop) -> [UInt8] {
        try space()
        return try astring()
    }

    private mutating func dateKey(_ name: String) throws(ParseStop) -> SearchKey? {
        switch name {
        case "BEFORE": .internalDate(.before, try dateArgument())
        case "ON": .internalDate(.on, try dateArgument())
        case "SINCE": .internalDate(.since, try dateArgument())
        case "SENTBEFORE": .sentDate(.before, try dateArgument())
        case "SENTON": .sentDate(.on, try dateArgument())
        case "SENTSINCE": .sentDate(.since, try dateArgument())
        case "SAVEDBEFORE": .savedDate(.before, try dateArgument())
        case "SAVEDON": .savedDate(.on, try dateArgument())
        case "SAVEDSINCE": .savedDate(.since, try dateArgument())
        case "SAVEDATESUPPORTED": .saveDateSupported
        default: nil
        }
    }

    private mutating func dateArgument() throws(ParseStop) -> CalendarDate {
        try space()
        return try date()
    }

    private mutating func otherKey(_ name: String) throws(ParseStop) -> SearchKey? {
        switch name {
        case "NOT":
            try enter()
            try space()
            let key = try searchKey()
            budget.leave()
            return .not(key)
        case "OR":
            try enter()
            try space()
            let left = try searchKey()
            try space()
            let right = try searchKey()
            budget.leave()
            return .or(left, right)
        case "UID":
            try space()
            return .uid(try sequenceSet())
        case "KEYWORD":
            try space()
            return .keyword(try keyword())
        case "UNKEYWORD":
            try space()
            return .unkeyword(try keyword())
        case "MODSEQ": return .modSeq(try modSeqArguments())
        default: return try measureKey(name)
        }
    }

    private mutating func measureKey(_ name: String) throws(ParseStop) -> SearchKey? {
        switch name {
        case "LARGER": .larger(try number64Argument())
        case "SMALLER": .smaller(try number64Argument())
        case "OLDER": .older(try intervalArgument())
        case "YOUNGER": .younger(try intervalArgument())
        case "EMAILID": .emailID(try objectIDArgument())
        case "THREADID": .threadID(try objectIDArgument())
        default: nil
        }
    }

    private mutating func number64Argument() throws(ParseStop) -> UInt64 {
        try space()
        try spendToken()
        return try number64()
    }

    /// nz-number: RFC 5032 §4.
    private mutating func intervalArgument() throws(ParseStop) -> UInt32 {
        try space()
        try spendToken()
        return try nzNumber()
    }

    /// objectid = 1*255(ALPHA / DIGIT / "_" / "-")                              RFC 8474 §7
    private mutating func objectIDArgument() throws(ParseStop) -> String {
        try space()
        try spendToken()
        let start = position
        while let byte = next, isObjectID(byte) { position += 1 }
        guard (1...255).contains(position - start) else { throw bad("expected an object id") }
        return text(start..<position)
    }

    private func isObjectID(_ byte: UInt8) -> Bool {
        Bytes.isWord(byte) && byte != UInt8(ascii: ".") && byte != UInt8(ascii: "=")
    }

    /// search-modsequence = "MODSEQ" [search-modseq-ext] SP mod-sequence-valzer
    ///
    /// RFC 7162 §7; search-modseq-ext = SP entry-name SP entry-type-req.
    private mutating func modSeqArguments() throws(ParseStop) -> ModSeq {
        try space()
        try spendToken()
        if isNext(UInt8(ascii: "\"")) {
            _ = try string()
            try space()
            let start = position
            guard ["ALL", "PRIV", "SHARED"].contains(try word()) else {
                throw bad("expected \"all\", \"priv\" or \"shared\"", at: start)
            }
            try space()
        }
        return ModSeq(try number64())
    }
}
