/// LSUB: RFC 3501 §6.3.9.
public struct LsubCommand: Hashable, Sendable {
    public let reference: PatternArgument
    public let pattern: PatternArgument

    public init(reference: PatternArgument, pattern: PatternArgument) {
        self.reference = reference
        self.pattern = pattern
    }
}

extension CommandParser {
    /// lsub = "LSUB" SP mailbox SP list-mailbox                                 RFC 3501 §9
    mutating func lsubArguments() throws(ParseStop) -> LsubCommand {
        try space()
        let reference = try reference()
        try space()
        return LsubCommand(reference: reference, pattern: try listMailbox())
    }
}
