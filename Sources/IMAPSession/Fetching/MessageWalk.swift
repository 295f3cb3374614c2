import MailModel
import MailboxStore

/// Visits messages of a view in their order, some in each snapshot: what FETCH and SEARCH share.
///
/// Live rows are met in one scan over all that is wanted, however many gaps the UIDs have; messages
/// that are expunged and still shown are looked up one by one where the scan has a hole.
package struct MessageWalk: Sendable {
    private let mailbox: MailboxID
    private let map: SequenceMap
    private let wanted: [ClosedRange<UInt32>]
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

    /// Goes on until `visit` pauses or all is visited.
    package mutating func run(
        on reader: borrowing StoreReader,
        _ visit: (Stop) throws(StoreError) -> Verdict
    ) throws(StoreError) {
        while !isAtEnd, let last = wanted.last {
            var course = Course.scanning
            try reader.scanMessages(mailbox, in: next...last.upperBound) { uid, row in
                course = step(to: uid, row, on: reader, visit, course)
                return course.isScanning
            }
            switch course {
            case .failed(let error): throw error
            case .paused: return
            case .seeking: continue
            case .scanning, .skipping:
                // No live message is left: what is still wanted is expunged.
                if try visitGhosts(through: .max, on: reader, visit) == .paused { return }
            }
        }
    }

    private enum Course {
        case scanning
        case skipping(Int)
        case seeking
        case paused
        case failed(StoreError)

        var isScanning: Bool {
            switch self {
            case .scanning, .skipping: true
            case .seeking, .paused, .failed: false
            }
        }
    }

    private enum Progress { case done, paused }

    /// The scan has come to a live row.
    private mutating func step(
        to uid: UInt32, _ row: MessageRowView, on reader: borrowing StoreReader,
        _ visit: (Stop) throws(StoreError) -> Verdict, _ course: Course
    ) -> Course {
        do throws(StoreError) {
            if uid > next, try visitGhosts(through: uid - 1, on: reader, visit) == .paused {
                return .paused
            }
            guard !isAtEnd else { return .seeking }
            guard uid == next else { return MessageWalk.skip(course) }
            let verdict = try visit(stop(row))
            if verdict == .again { return .paused }
            advance()
            return verdict == .pause ? .paused : .scanning
        } catch {
            return .failed(error)
        }
    }

    private static func skip(_ course: Course) -> Course {
        guard case .skipping(let count) = course else { return .skipping(1) }
        return count >= longestSkip ? .seeking : .skipping(count + 1)
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
