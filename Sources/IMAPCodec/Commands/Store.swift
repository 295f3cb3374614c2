import MailModel

/// STORE and UID STORE: RFC 9051 §6.4.6, with the modifiers of RFC 4466 §2.5.
public struct StoreCommand: Hashable, Sendable {
    public let kind: NumberKind
    public let messages: SequenceSet
    public let operation: FlagOperation
    /// `.SILENT`.
    public let isSilent: Bool
    public let flags: FlagSet
    /// UNCHANGEDSINCE, 0...2^63−1: RFC 7162 §3.1.3.
    public let unchangedSince: ModSeq?

    public init(
        kind: NumberKind, messages: SequenceSet, operation: FlagOperation, isSilent: Bool = false,
        flags: FlagSet, unchangedSince: ModSeq? = nil
    ) {
        self.kind = kind
        self.messages = messages
        self.operation = operation
        self.isSilent = isSilent
        self.flags = flags
        self.unchangedSince = unchangedSince
    }
}

extension CommandParser {
    /// store = "STORE" SP sequence-set [store-modifiers] SP store-att-flags     RFC 4466 §6
    mutating func storeArguments(_ kind: NumberKind) throws(ParseStop) -> StoreCommand {
        try space()
        let messages = try sequenceSet()
        try space()
        var unchangedSince: ModSeq?
        if isNext(UInt8(ascii: "(")) {
            unchangedSince = try storeModifiers()
            try space()
        }
        // store-att-flags = (["+" / "-"] "FLAGS" [".SILENT"]) SP (flag-list / (flag *(SP flag)))
        let operation: FlagOperation =
            if skip(UInt8(ascii: "+")) {
                .add
            } else if skip(UInt8(ascii: "-")) {
                .remove
            } else {
                .replace
            }
        let start = position
        let name = try word()
        guard name == "FLAGS" || name == "FLAGS.SILENT" else {
            throw bad("expected FLAGS or FLAGS.SILENT", at: start)
        }
        try space()
        let flags = try isNext(UInt8(ascii: "(")) ? flagList() : bareFlags()
        return StoreCommand(
            kind: kind, messages: messages, operation: operation,
            isSilent: name == "FLAGS.SILENT", flags: flags, unchangedSince: unchangedSince)
    }

    /// store-modifiers = SP "(" store-modifier *(SP store-modifier) ")"
    ///
    /// store-modifier =/ "UNCHANGEDSINCE" SP mod-sequence-valzer: RFC 7162 §7.
    private mutating func storeModifiers() throws(ParseStop) -> ModSeq? {
        var unchangedSince: ModSeq?
        try list { parser throws(ParseStop) in
            let start = parser.position
            guard try parser.word() == "UNCHANGEDSINCE" else {
                throw parser.bad("unknown modifier", at: start)
            }
            try parser.space()
            unchangedSince = ModSeq(try parser.number64())
        }
        return unchangedSince
    }
}
