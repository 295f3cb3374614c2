/// What one command may still spend while it is parsed: S5 and S7 of the limits.
///
/// One object for the whole grammar, so that no rule can forget to count.
struct ParseBudget {
    private var nesting: Int
    private var tokens: Int
    let setRanges: Int
    let tagBytes: Int

    init(_ limits: ParserLimits) {
        nesting = limits.nesting
        tokens = limits.tokens
        setRanges = limits.setRanges
        tagBytes = limits.tagBytes
    }

    /// - Returns: false when the command has spent its tokens.
    mutating func spendToken() -> Bool {
        tokens -= 1
        return tokens >= 0
    }

    /// - Returns: false when the list would lie too deep.
    mutating func enter() -> Bool {
        nesting -= 1
        return nesting >= 0
    }

    mutating func leave() { nesting += 1 }
}
