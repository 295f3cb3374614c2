import MailModel

/// A search, compiled once and evaluated over many messages: RFC 9051 §6.4.4.
///
/// Within conjunctions and disjunctions cheap conditions come before costly ones, so that a body is
/// read only for messages that nothing else has decided. A value without a clock, shared freely
/// between threads.
package struct SearchProgram<Needle: Sendable>: Sendable {
    private let condition: SearchCondition<Needle>
    /// What a message's system flags decide, before anything else of it is looked at.
    package let flags: FlagTest

    /// What evaluating may have to read.
    package let needs: SearchNeeds

    /// How many conditions a message may have to meet; at least 1.
    package let size: Int

    /// Whether the client named MODSEQ, so that the response must carry one: RFC 7162 §3.1.5.
    package let usesModSeq: Bool

    /// - Parameter prepare: makes a needle of a text as the client sent it; nil when its charset is
    ///   unknown or the bytes are not in it. Called once for each text that is not empty; a charset
    ///   named without a text in need of it is the caller's to check.
    package init(
        _ key: SearchKey, in context: SearchContext, prepare: @escaping ([UInt8]) -> Needle?
    ) throws(SearchDefect) {
        var compiler = SearchCompiler(context: context, prepare: prepare)
        condition = try compiler.condition(for: key)
        flags = FlagTest(condition)
        header = condition.headerBesideFlags.map {
            HeaderQuestion(name: $0.name, needle: $0.needle)
        }
        needs = condition.needs
        size = condition.size
        usesModSeq = compiler.usesModSeq
    }

    /// The system flags that every match has and those that none has, when nothing else is asked.
    package var decidingFlags: (set: SystemFlags, unset: SystemFlags)? {
        flags.isAll ? (flags.set, flags.unset) : nil
    }

    /// A question about header fields of that name, to be answered as `SearchableMessage` says.
    package struct HeaderQuestion: Sendable {
        package let name: String
        package let needle: Needle?
    }

    /// What is asked beside system flags, when that is one header field and nothing else: most
    /// searches for a text.
    package let header: HeaderQuestion?

    /// What a message's row decides, before its summary or its bytes are looked for.
    package func verdict(onRowOf message: some SearchableMessage) -> SearchVerdict {
        condition.verdict(onRowOf: message)
    }

    /// - Throws: what the message throws when its summary or bytes cannot be read.
    package func matches<Message: SearchableMessage>(
        _ message: Message
    ) throws -> Bool where Message.Needle == Needle {
        try condition.matches(message)
    }

    /// Whether no message can match, whatever is in the mailbox.
    package var matchesNothing: Bool {
        if case .never = condition { true } else { false }
    }

    /// The only UIDs that can match; nil when the search does not say. Others need not be visited.
    package var candidateUIDs: UIDSet? {
        intersection { if case .uids(let uids) = $0 { uids } else { nil } }
    }

    /// The only sequence numbers that can match; nil when the search does not say.
    package var candidateSequenceNumbers: NumberSet? {
        intersection { if case .sequenceNumbers(let numbers) = $0 { numbers } else { nil } }
    }

    /// Of the sets that every match must be in.
    private func intersection(
        _ set: (SearchCondition<Needle>) -> NumberSet?
    ) -> NumberSet? {
        switch condition {
        case .never: NumberSet()
        case .all(let conditions):
            conditions.reduce(nil) { narrowed, condition in
                guard let other = set(condition) else { return narrowed }
                return narrowed?.intersection(other) ?? other
            }
        default: set(condition)
        }
    }
}
