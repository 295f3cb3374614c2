import MailModel

/// What a view has to tell after it advanced, in this order: expunges, EXISTS, RECENT, flags.
package struct ViewUpdates: Sendable {
    /// Each as numbered at its moment, lower to higher: RFC 3501 §7.4.1.
    package var expungedSequenceNumbers = ExpungedSequenceNumbers(NumberSet())
    /// The same messages: VANISHED of RFC 7162.
    package var expungedUIDs = UIDSet()
    /// The number of messages, when it is not what was told last.
    package var exists: UInt32?
    /// The number of `\Recent` messages, when it is not what was told last.
    package var recent: UInt32?
    /// Messages told of earlier whose flags were changed, ascending; new ones are not among them,
    /// for a client asks for those anyway.
    package var flagged = UIDSet()
    /// The mailbox was deleted within this step; the view goes on showing the ghost.
    package var mailboxGone = false

    package init() {}

    package var isEmpty: Bool {
        expungedUIDs.isEmpty && exists == nil && recent == nil && flagged.isEmpty && !mailboxGone
    }
}

/// The numbers of successive EXPUNGE responses, made one by one from ranges: expunging 4:7 is
/// 4, 4, 4, 4.
///
/// Lower to higher, as the examples of RFC 2180 are, each lessened by those already told.
package struct ExpungedSequenceNumbers: Sequence, Sendable {
    /// The numbers that the messages had before any of them was expunged.
    package let before: NumberSet

    package init(_ before: NumberSet) { self.before = before }

    package var isEmpty: Bool { before.isEmpty }
    package var count: Int { before.count }

    package func makeIterator() -> Iterator { Iterator(ranges: before.ranges) }

    package struct Iterator: IteratorProtocol {
        let ranges: [ClosedRange<UInt32>]
        private var range = 0
        private var told: UInt32 = 0
        private var toldOfRange: UInt32 = 0

        init(ranges: [ClosedRange<UInt32>]) { self.ranges = ranges }

        package mutating func next() -> UInt32? {
            guard range < ranges.count else { return nil }
            let current = ranges[range]
            // Within a range the number stays: each expunge moves the next message into its place.
            let number = current.lowerBound - (told - toldOfRange)
            if current.lowerBound + toldOfRange == current.upperBound {
                range += 1
                toldOfRange = 0
            } else {
                toldOfRange += 1
            }
            told += 1
            return number
        }
    }
}
