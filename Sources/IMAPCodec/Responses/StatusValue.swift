import MailModel

/// A number of STATUS with its value: RFC 9051 §7.3.4.
public enum StatusValue: Hashable, Sendable {
    case messages(UInt32)
    case recent(UInt32)
    case uidNext(UInt32)
    case uidValidity(UIDValidity)
    case unseen(UInt32)
    case deleted(UInt32)
    case size(UInt64)
    case highestModSeq(ModSeq)
    case mailboxID(MailboxID)
    /// nil for NIL, no limit: RFC 7889 §3.
    case appendLimit(UInt64?)
}
