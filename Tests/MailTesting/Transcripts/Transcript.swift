/// A conversation of several clients with a server, written down in RFC notation.
///
/// `Schemas/transcript.md` defines the notation.
package struct Transcript {
    /// A path to show to people.
    package let name: String
    /// The directives, in order.
    package let setUp: [Directive]
    package let steps: [Step]

    /// A line that begins with `@` before the first client comes: what is there then.
    package struct Directive: Hashable, Sendable {
        package let line: Int
        package let words: [String]
    }

    package struct Step {
        package let line: Int
        package let session: Int
        let action: Action
    }

    enum Action {
        case connect
        /// The client goes away without LOGOUT.
        case drop
        case send(Template)
        /// All of these, in any order, and nothing between them.
        case expect([ExpectedResponse])
        /// Must not come before the next response that this session expects.
        case forbid(ExpectedResponse)
        case expectClose
        /// A directive in the midst of the conversation: an administrator does it.
        case administer([String])
    }

    /// Whether its set-up can only be had in memory.
    package var needsMemory: Bool {
        setUp.contains { ["limit", "plaintext"].contains($0.words.first) }
    }

    /// The sessions that are there from the beginning, in order.
    package var firstSessions: [Int] {
        var seen: Set<Int> = []
        var first: Set<Int> = []
        for step in steps where step.session > 0 && seen.insert(step.session).inserted {
            if case .connect = step.action { continue }
            first.insert(step.session)
        }
        return first.sorted()
    }
}

/// What is wrong with a transcript, or with the server, and at which line that shows.
package struct TranscriptFailure: Error, CustomStringConvertible {
    let transcript: String
    let line: Int
    let message: String
    /// What was said up to there, by both sides.
    var conversation: [String] = []

    package var description: String {
        var text = "\(transcript):\(line): \(message)"
        if !conversation.isEmpty {
            text += "\n    what was said:\n"
            text += conversation.map { "      " + $0 }.joined(separator: "\n")
        }
        return text
    }
}
