import MailModel

/// EXPUNGE: RFC 9051 §6.4.3; UID EXPUNGE: RFC 4315 §2.1.
public struct ExpungeCommand: Hashable, Sendable {
    /// nil is plain EXPUNGE.
    public let uids: SequenceSet?

    public init(uids: SequenceSet?) { self.uids = uids }
}
