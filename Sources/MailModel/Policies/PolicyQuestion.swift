/// What RFC 2180 leaves to the server, as questions that an operator answers.
///
/// The numbers are those of `Schemas/hindsight/v1/events.proto`; an answer's is ten times its question's
/// and a bit.
package enum PolicyQuestion: UInt32, CaseIterable, Hashable, Sendable {
    /// DELETE while others have the mailbox open: §3.1–3.3.
    case deleting = 1
    /// The name of a deleted mailbox that somebody still has open: §3.2.
    case names = 2
    /// RENAME while others have the mailbox open: §3.1, §3.3, §3.4.
    case renaming = 3
    /// EXPUNGE, CLOSE and MOVE while others have the mailbox open: §4.1.4.
    case expunging = 4
    /// FETCH of expunged messages: §4.1.1–4.1.3.
    case fetching = 5
    /// STORE on a mixture of expunged and other messages: §4.2.3, §4.2.4.
    case storing = 6
    /// SEARCH over expunged messages: §4.3.
    case searching = 7
    /// COPY of expunged messages: §4.4.
    case copying = 8

    /// The word of the configuration file and of `hindsight policy`.
    package var name: String {
        switch self {
        case .deleting: "delete"
        case .names: "name"
        case .renaming: "rename"
        case .expunging: "expunge"
        case .fetching: "fetch"
        case .storing: "store"
        case .searching: "search"
        case .copying: "copy"
        }
    }

    package init?(name: String) {
        guard let found = PolicyQuestion.allCases.first(where: { $0.name == name }) else {
            return nil
        }
        self = found
    }

    package var answers: [PolicyAnswer] { PolicyAnswer.allCases.filter { $0.question == self } }

    /// The answer with this name.
    package func answer(named name: String) -> PolicyAnswer? {
        answers.first { $0.name == name }
    }
}
