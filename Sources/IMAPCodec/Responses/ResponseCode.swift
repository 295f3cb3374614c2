import MailModel

/// A response code, in brackets before the text of a status response: RFC 9051 §7.1.
public enum ResponseCode: Hashable, Sendable {
    // RFC 3501 and RFC 9051.
    case alert
    /// The charsets that are known; empty for none told.
    case badCharset([String])
    case capability([Capability])
    case parse
    /// The flags a client may change for good; `\*` when it may invent keywords.
    case permanentFlags(FlagSet, allowsNewKeywords: Bool)
    case readOnly
    case readWrite
    case tryCreate
    case uidNext(UInt32)
    case uidValidity(UIDValidity)
    /// The sequence number of the first message without `\Seen`.
    case unseen(UInt32)
    case hasChildren
    /// Old and new name. RFC 2060 §7.1, RFC 2180 §3.4; obsolete since RFC 3501, and harmless.
    case newName(MailboxName, MailboxName)
    case closed

    // RFC 4315.
    case appendUID(UIDValidity, UIDSet)
    case copyUID(UIDValidity, source: UIDSet, destination: UIDSet)
    case uidNotSticky

    // RFC 7162.
    case highestModSeq(ModSeq)
    case noModSeq
    /// The messages that STORE with UNCHANGEDSINCE left alone, numbered as the command did.
    case modified(NumberSet)

    // RFC 5182, RFC 3516, RFC 6154, RFC 7889, RFC 8474.
    case notSaved
    case unknownCTE
    case useAttr
    case tooBig
    case mailboxID(MailboxID)

    // RFC 5530.
    case unavailable
    case authenticationFailed
    case authorizationFailed
    case expired
    case privacyRequired
    case contactAdmin
    case noPerm
    case inUse
    case expungeIssued
    case corruption
    case serverBug
    case clientBug
    case cannot
    case limit
    case overQuota
    case alreadyExists
    case nonExistent
}
