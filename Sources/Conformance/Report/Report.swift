/// All that one run of the kit found out.
package struct Report: Sendable {
    package let address: String
    /// The server's greeting, and what its ID says (RFC 2971).
    package let greeting: String
    package let identity: String
    package internal(set) var findings: [Finding] = []
    package internal(set) var violations: [Violation] = []
    /// Scenarios that could not be played, and why.
    package internal(set) var problems: [String] = []
    /// Scratch mailboxes that could not be deleted.
    package internal(set) var leftMailboxes: [String] = []
    /// What was said, for each scenario.
    package internal(set) var dialogues: [(scenario: String, lines: [String])] = []
    package internal(set) var isInterrupted = false

    init(_ server: KnownServer) {
        address = "\(server.address.host):\(server.address.port)"
        greeting = server.greeting
        identity = server.identity
    }

    /// One of each kind, with how often it was seen: a server that breaks a rule does so again.
    package var distinctViolations: [(violation: Violation, count: Int)] {
        var counted: [(violation: Violation, count: Int)] = []
        for violation in violations {
            if let index = counted.firstIndex(where: {
                $0.violation.rule == violation.rule && $0.violation.what == violation.what
            }) {
                counted[index].count += 1
            } else {
                counted.append((violation, 1))
            }
        }
        return counted
    }
}
