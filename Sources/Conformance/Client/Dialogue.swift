/// Everything that was said between clients and server, in the order in which the kit met it.
package struct Dialogue: Sendable {
    package enum Event: Sendable {
        /// A command as sent, without its tag; literals are within.
        case sent(tag: String, command: String)
        /// What follows a continuation: DONE.
        case sentMore(String)
        case received(Response)
        /// The client waited long enough for an answer.
        case silence
        /// The connection ended.
        case ended
        /// The session begins anew: a client under an old number.
        case connected
    }

    package struct Line: Sendable {
        /// 1 for C1 and S1, as in RFC 2180 §2.
        package let session: Int
        package let event: Event

        package init(session: Int, event: Event) {
            self.session = session
            self.event = event
        }
    }

    package private(set) var lines: [Line] = []

    package init() {}

    package mutating func add(_ session: Int, _ event: Event) {
        lines.append(Line(session: session, event: event))
    }
}

extension Dialogue.Line {
    private static let longest = 240

    /// In the notation of RFC 2180: `C1: a1 NOOP`, `S1: a1 OK`.
    package var text: String {
        switch event {
        case .sent(let tag, let command): line("C", "\(tag) \(command)")
        case .sentMore(let text): line("C", text)
        case .received(let response): line("S", response.text)
        case .silence: "S\(session): (no answer)"
        case .ended: "S\(session): (closes the connection)"
        case .connected: "C\(session): (connects and logs in)"
        }
    }

    /// On one line, however many the literals have.
    private func line(_ side: String, _ text: String) -> String {
        var flat = ""
        for character in text {
            if flat.count >= Dialogue.Line.longest { return "\(side)\(session): \(flat) …" }
            flat += character.isNewline ? " ↵ " : String(character)
        }
        return "\(side)\(session): \(flat)"
    }
}
