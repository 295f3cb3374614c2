import MailModel
import MailboxStore

/// Visits messages of a view in their order, some in each snapshot: what FETCH and SEARCH share.
///
/// Live rows are met in one scan over all that is wanted, however many gaps the UIDs have; messages
/// that are expunged and still shown are looked up one by one where the scan has a hole.
package struct MessageWalk: Sendable {
    private let mailbox: MailboxID
    private let map: SequenceMap
    private var wanted: [ClosedRange<UInt32>]
    private var index = 0
    /// The next UID to visit, in `wanted[index]`.
    private var next: UInt32 = 0
    /// The sequence number of the first UID of `wanted[index]`; the others follow without a gap.
    private var firstNumber: UInt32 = 0
    /// Visited, but neither live nor a ghost any more.
    package private(set) var missing = UIDSet()

    /// One message as the walk meets it; valid only during the visit.
    package struct Stop {
        package let uid: UInt32
        package let sequenceNumber: UInt32
        package let row: MessageRowView
    }

    package enum Verdict: Hashable, Sendable {
        case goOn
        /// This message is done, and so is the snapshot.
        case pause
        /// This message is to be visited again in another snapshot.
        case again
    }

    /// Rows read in vain before a new scan is worth its while.
    private static let longestSkip = 24

    /// - Parameter uids: all of them in the map.
    package init(_ uids: UIDSet, of mailbox: MailboxID, map: SequenceMap) {
        self.mailbox = mailbox
        self.map = map
        wanted = uids.ranges
        enterRange()
    }

    package var isAtEnd: Bool { index >= wanted.count }

    /// No more messages than this are still to be visited.
    package var mostLeft: Int {
        guard !isAtEnd, let last = wanted.last else { return 0 }
        return Int(last.upperBound - next) + 1
    }

    /// What is still to be visited.
    package var rest: UIDSet {
        guard !isAtEnd else { return UIDSet() }
        return UIDSet([next...wanted[index].upperBound] + wanted[(index + 1)...])
    }

    /// Visits these no more.
    package mutating func leaveOut(_ uids: UIDSet) {
        wanted = rest.subtracting(uids).ranges
        index = 0
        enterRange()
    }

    /// Goes on until `visit` pauses or all is visited.
    package mutating func run(
        on reader: borrowing StoreReader,
        _ visit: (Stop) throws(StoreError) -> Verdict
    ) throws(StoreError) {
        while !isAtEnd, let last = wanted.last {
            var messages = try reader.liveMessages(mailbox, in: next...last.upperBound)
            switch try follow(&messages, on: reader, visit) {
            case .paused: return
            case .strayed: continue
            case .done:
                // No live message is left: what is still wanted is expunged.
                if try visitGhosts(through: .max, on: reader, visit) == .paused { return }
            }
        }
    }

    private enum Progress {
        case done
        case paused
        /// The scan meets nothing that is wanted: begin another further on.
        case strayed
    }

    private mutating func follow(
        _ messages: inout MessageScan, on reader: borrowing StoreReader,
        _ visit: (Stop) throws(StoreError) -> Verdict
    ) throws(StoreError) -> Progress {
        var skipped = 0
        while let (uid, row) = try messages.next() {
            if uid > next, try visitGhosts(through: uid - 1, on: reader, visit) == .paused {
                return .paused
            }
            guard !isAtEnd else { return .done }
            guard uid == next else {
                skipped += 1
                if skipped > MessageWalk.longestSkip { return .strayed }
                continue
            }
            skipped = 0
            let verdict = try visit(stop(row))
            if verdict == .again { return .paused }
            advance()
            if verdict == .pause { return .paused }
        }
        return .done
    }

    /// Visits what is wanted up to a UID and is not live.
    private mutating func visitGhosts(
        through last: UInt32, on reader: borrowing StoreReader,
        _ visit: (Stop) throws(StoreError) -> Verdict
    ) throws(StoreError) -> Progress {
        while !isAtEnd, next <= last {
            guard let bytes = try reader.messageBytes(mailbox, next),
                let row = MessageRowView(bytes)
            else {
                missing.insertLast(next...next)
                advance()
                continue
            }
            let verdict = try visit(stop(row))
            if verdict == .again { return .paused }
            advance()
            if verdict == .pause { return .paused }
        }
        return .done
    }

    private func stop(_ row: MessageRowView) -> Stop {
        Stop(
            uid: next, sequenceNumber: firstNumber &+ (next - wanted[index].lowerBound), row: row)
    }

    private mutating func advance() {
        if next < wanted[index].upperBound {
            next += 1
        } else {
            index += 1
            enterRange()
        }
    }

    private mutating func enterRange() {
        guard index < wanted.count else { return }
        next = wanted[index].lowerBound
        firstNumber = UInt32(clamping: map.sequenceNumber(of: next) ?? 0)
    }
}
