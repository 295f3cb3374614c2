import MailModel

/// What a search found, by ascending UID.
struct SearchFindings: Hashable, Sendable {
    private(set) var uids = UIDSet()
    /// Of the first message found, the last, and the greatest of all: RFC 4731 §3.2.
    private(set) var firstModSeq: ModSeq?
    private(set) var lastModSeq: ModSeq?
    private(set) var highestModSeq: ModSeq?
    /// Messages whose text cannot be read: they are not found, whatever was asked.
    var unreadable = 0

    mutating func add(_ uid: UInt32, _ modSeq: ModSeq) {
        uids.insertLast(uid...uid)
        firstModSeq = firstModSeq ?? modSeq
        lastModSeq = modSeq
        highestModSeq = max(highestModSeq ?? modSeq, modSeq)
    }
}
