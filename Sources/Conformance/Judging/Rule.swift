/// A rule that no strategy of RFC 2180 excuses from.
package enum Rule: String, CaseIterable, Sendable {
    case expungeWithoutCommand = "EXPUNGE while no command is in progress"
    case expungeDuringFetch = "EXPUNGE during FETCH, STORE or SEARCH"
    case expungeOfNothing = "EXPUNGE of a number that no message has"
    case shrinkingCount = "EXISTS shrinks without EXPUNGE"
    case unknownNumber = "a message beyond EXISTS"
    case shiftedNumber = "a sequence number that shifts silently"
    case changedMessage = "a message that is not what its UID stands for"
    case reusedUID = "a UID used again"
    case untrueOK = "tagged OK for what was not done"
    case partialCopy = "a COPY that failed left messages behind"
    case untrueCOPYUID = "COPYUID that does not tell what was copied"
    case closedWithoutBYE = "a connection closed without BYE"
    case unanswered = "a command without an answer"

    /// Where the rule stands.
    package var section: String {
        switch self {
        case .expungeWithoutCommand, .expungeDuringFetch, .expungeOfNothing, .shrinkingCount,
            .shiftedNumber:
            "RFC 3501 §7.4.1"
        case .unknownNumber: "RFC 3501 §7.3.1"
        case .changedMessage, .reusedUID: "RFC 3501 §2.3.1.1"
        case .untrueOK: "RFC 3501 §7.1.1"
        case .partialCopy: "RFC 3501 §6.4.7"
        case .untrueCOPYUID: "RFC 4315 §3"
        case .closedWithoutBYE: "RFC 3501 §3.4"
        case .unanswered: "RFC 3501 §2.2.2"
        }
    }
}
