import MailModel

/// Messages were moved: RFC 6851. There is no moment at which one is in both places or in neither.
package struct MessagesMoved: Hashable, Sendable {
    package var source: MailboxID
    /// Not empty.
    package var sourceUIDs: UIDSet
    package var destination: MailboxID
    /// The UID of the first of them in the destination; the others follow it without a gap, in the
    /// order of `sourceUIDs`.
    package var firstUID: UID

    package init(source: MailboxID, sourceUIDs: UIDSet, destination: MailboxID, firstUID: UID) {
        self.source = source
        self.sourceUIDs = sourceUIDs
        self.destination = destination
        self.firstUID = firstUID
    }

    /// The UIDs in the destination; nil when they would pass 4,294,967,295, which no decoded event
    /// does.
    package var destinationUIDs: ClosedRange<UInt32>? {
        contiguousUIDs(from: firstUID, count: sourceUIDs.count)
    }
}
