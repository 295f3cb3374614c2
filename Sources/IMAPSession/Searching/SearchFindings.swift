import MailModel

/// What a search found, by ascending UID.
struct SearchFindings: Hashable, Sendable {
    private var earlier = UIDSet()
    /// The newest UIDs without a gap; not yet among the earlier ones.
    private var run: ClosedRange<UInt32>?
    /// Of the first message found, the last, and the greatest of all: RFC 4731 §3.2.
    private(set) var firstModSeq: ModSeq?
    private(set) var lastModSeq: ModSeq?
    private(set) var highestModSeq: ModSeq?
    /// Messages whose text cannot be read: they are not found, whatever was asked.
    var unreadable = 0

    init() {}

    /// Where nobody asks for mod-sequences.
    init(_ uids: UIDSet) { earlier = uids }

    var uids: UIDSet {
        var all = earlier
        if let run { all.insertLast(run) }
        return all
    }

    /// - Parameter uid: above all that were found before.
    mutating func add(_ uid: UInt32, _ modSeq: ModSeq) {
        if let run, run.upperBound &+ 1 == uid {
            self.run = run.lowerBound...uid
        } else {
            if let run { earlier.insertLast(run) }
            run = uid...uid
        }
        firstModSeq = firstModSeq ?? modSeq
        lastModSeq = modSeq
        highestModSeq = max(highestModSeq ?? modSeq, modSeq)
    }
}
