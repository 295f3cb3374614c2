import IMAPCodec

/// A command that may take several steps; see `Session`.
package protocol RunningCommand {
    /// Does what can be done now and says at what step that leaves it.
    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step

    /// Whether part of a response has been written, so that nothing may come in between.
    var isInsideResponse: Bool { get }

    /// The connection ends before the command does: give up what is held.
    mutating func abandon(in session: inout Session)
}

extension RunningCommand {
    package var isInsideResponse: Bool { false }
    package mutating func abandon(in session: inout Session) {}
}

/// Why a command goes on.
package enum Resumption {
    case begin
    case client(CommandEvent)
    case answer(Answer)
    case room
    case news
}

/// Where a command stands.
package enum Step {
    case waiting(for: Expectation)
    case finished(Completion)
    /// As `finished`, and the updates have been told already.
    case told(Completion)
}

/// What a session goes on with.
package enum Expectation: Hashable, Sendable {
    /// The decoder's next event, or news.
    case client
    /// The answer to the effect last asked for.
    case answer
    /// Room in the out-buffer.
    case room

    func admits(_ resumption: Resumption) -> Bool {
        switch resumption {
        case .begin: true
        case .client, .news: self == .client
        case .answer: self == .answer
        case .room: self == .room
        }
    }
}
