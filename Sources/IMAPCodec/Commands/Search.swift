import MailModel

/// SEARCH and UID SEARCH: RFC 9051 §6.4.4; RFC 4731, RFC 5182.
public struct SearchCommand: Hashable, Sendable {
    public let kind: NumberKind
    /// In capitals; nil when the client named none.
    public let charset: String?
    /// nil for the plain SEARCH response; `RETURN ()` means ALL.
    public let returns: SearchReturnOptions?
    /// Several keys stand in an `and`.
    public let key: SearchKey

    public init(
        kind: NumberKind = .sequence, charset: String? = nil, returns: SearchReturnOptions? = nil,
        key: SearchKey
    ) {
        self.kind = kind
        self.charset = charset
        self.returns = returns
        self.key = key
    }
}

/// What SEARCH returns: RFC 4731 §3.1, RFC 5182 §2.
public struct SearchReturnOptions: OptionSet, Hashable, Sendable {
    public let rawValue: UInt8
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    public static let min = SearchReturnOptions(rawValue: 1)
    public static let max = SearchReturnOptions(rawValue: 2)
    public static let all = SearchReturnOptions(rawValue: 4)
    public static let count = SearchReturnOptions(rawValue: 8)
    public static let save = SearchReturnOptions(rawValue: 16)
}

extension SearchCommand {
    /// Whether a MODSEQ key asks for the greatest mod-sequence in the answer: RFC 7162 §3.1.5.
    public var usesModSeq: Bool { key.usesModSeq }
}

extension SearchKey {
    fileprivate var usesModSeq: Bool {
        switch self {
        case .modSeq: true
        case .and(let keys): keys.contains(where: \.usesModSeq)
        case .or(let left, let right): left.usesModSeq || right.usesModSeq
        case .not(let key): key.usesModSeq
        default: false
        }
    }
}

extension CommandParser {
    /// search = "SEARCH" [search-return-opts] SP search-program                 RFC 9051 §9
    mutating func searchArguments(_ kind: NumberKind) throws(ParseStop) -> SearchCommand {
        try space()
        var returns: SearchReturnOptions?
        if skip(word: "RETURN") {
            try space()
            returns = try searchReturns()
            try space()
        }
        // search-program = ["CHARSET" SP charset SP] search-key *(SP search-key)
        var charset: String?
        if skip(word: "CHARSET") {
            try space()
            charset = try asciiString("a charset").uppercased()
            try space()
        }
        return SearchCommand(
            kind: kind, charset: charset, returns: returns, key: try searchKeys())
    }

    /// search-return-opts = SP "RETURN" SP "(" [search-return-opt *(SP …)] ")"   RFC 4731 §4
    private mutating func searchReturns() throws(ParseStop) -> SearchReturnOptions {
        var returns: SearchReturnOptions = []
        try list(mayBeEmpty: true) { parser throws(ParseStop) in
            switch try parser.word() {
            case "MIN": returns.insert(.min)
            case "MAX": returns.insert(.max)
            case "ALL": returns.insert(.all)
            case "COUNT": returns.insert(.count)
            case "SAVE": returns.insert(.save)
            default: throw parser.bad("unknown return option")
            }
        }
        return returns.isEmpty ? .all : returns
    }
}
