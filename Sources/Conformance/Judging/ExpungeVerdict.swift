import MailModel

/// EXPUNGE and its kin while another session has the mailbox open: RFC 2180 §4.1.4.
package enum ExpungeVerdict {
    /// One way to expunge, and what became of the messages.
    package struct Attempt: Sendable {
        /// `EXPUNGE`, `CLOSE`
        package let name: String
        package let exchange: Exchange
        /// Whether a new session finds none of them, and whether it finds all.
        package let areGone: Bool
        package let areThere: Bool

        package init(_ name: String, _ exchange: Exchange, areGone: Bool, areThere: Bool) {
            self.name = name
            self.exchange = exchange
            self.areGone = areGone
            self.areThere = areThere
        }

        var isAllowed: Bool { exchange.isOK && areGone }
        /// CLOSE then closes, and expunges nothing.
        var isRefused: Bool { areThere && (exchange.isNO || name == "CLOSE") }
    }

    package static func judge(_ attempts: [Attempt]) -> Verdict {
        if attempts.allSatisfy(\.isAllowed) { return Verdict(.allowExpunge) }
        if attempts.allSatisfy(\.isRefused) {
            let code = attempts.compactMap(\.exchange.codeName).first
            return Verdict(.refuseExpunge, notes: code.map { ["says [\($0)]"] } ?? [])
        }
        let words = attempts.map { attempt in
            let fate = attempt.areGone ? "gone" : attempt.areThere ? "there" : "some there"
            return "\(attempt.name): \(attempt.exchange.endingText), \(fate)"
        }
        return Verdict(words: words.joined(separator: "; "))
    }

    package static func violations(_ attempts: [Attempt]) -> [Violation] {
        attempts.filter { $0.exchange.isOK && !$0.areGone && $0.name != "CLOSE" }.map {
            Violation(.untrueOK, "\($0.name) was OK, and messages with \\Deleted are still there")
        }
    }
}
