import MailModel

/// A mailbox's name as a command gave it, decoded from modified UTF-7 or raw UTF-8.
///
/// A bad name is not a bad command: the session answers it with NO.
public enum MailboxArgument: Hashable, Sendable {
    case valid(MailboxName)
    /// - Parameter reason: why the name cannot be one, as a text for the client.
    case invalid(reason: String)

    /// The name, or nil when it is none.
    public var name: MailboxName? {
        if case .valid(let name) = self { name } else { nil }
    }
}

/// A reference or pattern of LIST and LSUB, decoded like a mailbox's name; wildcards untouched.
public enum PatternArgument: Hashable, Sendable {
    case valid(String)
    /// - Parameter reason: why the text cannot be decoded, as a text for the client.
    case invalid(reason: String)

    /// The decoded text, or nil when there is none.
    public var text: String? {
        if case .valid(let text) = self { text } else { nil }
    }
}
