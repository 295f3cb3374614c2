import MailModel

/// What SEARCH can ask of one message, cheap questions first.
///
/// Properties are answered from the message's row; functions may have to read its summary or its
/// bytes, and are called only when no cheaper condition has decided already.
package protocol SearchableMessage {
    /// A text to look for, prepared once for all messages: in one charset, with case folded.
    associatedtype Needle

    var uid: UInt32 { get }
    /// In the view of the session that searches.
    var sequenceNumber: UInt32 { get }
    var systemFlags: SystemFlags { get }
    var isRecent: Bool { get }
    var internalDate: InternalDate { get }
    /// UTC; nil when it is not known (RFC 8514 §4.3: INTERNALDATE then stands in).
    var saveDateSeconds: Int64? { get }
    var sizeBytes: UInt64 { get }
    var modSeq: ModSeq { get }
    var emailID: EmailID { get }

    func hasKeyword(_ keyword: Keyword) -> Bool

    /// The Date: header field, with the zone it names; nil when there is none or it cannot be read.
    func sentDate() throws -> InternalDate?

    /// Whether a header field of this name (without regard to ASCII case) has the text in it, once
    /// decoded; with nil, whether there is such a field at all.
    func hasHeader(_ name: String, containing needle: Needle?) throws -> Bool

    /// Whether the text is in the body's decoded text, the header left out.
    func bodyContains(_ needle: Needle) throws -> Bool

    /// Whether the text is in the header or in the body.
    func textContains(_ needle: Needle) throws -> Bool
}

/// How much of each message a program may have to look at, in the order of cost.
package enum SearchNeeds: Int, Comparable, Sendable {
    /// Rows alone: fast enough to evaluate where the session runs.
    case rows
    /// Stored summaries too.
    case summaries
    /// The bytes of message headers too: for a worker thread, as what follows.
    case headers
    case bodies

    package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
