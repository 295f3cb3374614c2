/// What the server says it can do, as far as that changes what is sent or expected.
struct ServerTraits {
    private(set) var capabilities: Set<String> = []

    /// RFC 7888: any literal may be sent without waiting.
    var hasLiteralPlus: Bool { capabilities.contains("LITERAL+") }
    /// RFC 7888 §5: a literal of at most 4,096 bytes may.
    var hasLiteralMinus: Bool { capabilities.contains("LITERAL-") }
    /// RFC 3502.
    var hasMultiAppend: Bool { capabilities.contains("MULTIAPPEND") }
    /// RFC 4315.
    var hasUIDPlus: Bool { capabilities.contains("UIDPLUS") }
    /// RFC 6851.
    var hasMove: Bool { capabilities.contains("MOVE") }
    /// RFC 2177.
    var hasIdle: Bool { capabilities.contains("IDLE") }

    init() {}

    /// - Parameter line: an untagged CAPABILITY response.
    init(capabilityLine line: String) {
        capabilities = Set(line.split(separator: " ").map { $0.uppercased() })
    }

    /// Whether a literal of `size` bytes may follow without a continuation.
    func sendsAtOnce(literalOf size: Int) -> Bool {
        hasLiteralPlus || hasLiteralMinus && size <= 4096
    }
}
