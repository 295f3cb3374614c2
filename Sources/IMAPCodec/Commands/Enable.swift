/// ENABLE: RFC 5161 §3.1.
public struct EnableCommand: Hashable, Sendable {
    /// In capitals, at least one.
    public let capabilities: [String]

    public init(capabilities: [String]) { self.capabilities = capabilities }
}

extension CommandParser {
    /// enable = "ENABLE" 1*(SP capability)                                      RFC 5161 §4
    mutating func enableArguments() throws(ParseStop) -> EnableCommand {
        var names: [String] = []
        try space()
        repeat { names.append(try atom().uppercased()) } while spaceBeforeMore()
        return EnableCommand(capabilities: names)
    }
}
