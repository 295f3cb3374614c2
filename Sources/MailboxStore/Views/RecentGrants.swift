import MailModel
import Synchronization

/// Which messages of one mailbox have been told to some session as `\Recent`: each is granted to
/// the first that asks. RFC 3501 §2.3.2.
///
/// Known in memory at once, so that two sessions never wait for each other; what was granted is put
/// into the log by `ClaimRecent`, without waiting.
package final class RecentGrants: Sendable {
    private struct State: Sendable {
        /// The least UID that nobody has been granted; 2^32 when none is left.
        var next: UInt64
        /// The same, as far as the log is known to know it.
        var logged: UInt64
    }

    private let state: Mutex<State>

    package init(from next: UInt64 = 1) { state = Mutex(State(next: next, logged: 1)) }

    package var firstUnclaimed: UInt64 { state.withLock { $0.next } }

    /// `firstUnclaimed` if the log is not known to know it; nil otherwise.
    var unlogged: UInt64? { state.withLock { $0.next > $0.logged ? $0.next : nil } }

    /// Takes over what the log knows: claims of earlier processes, and of other ones.
    package func note(recentFrom: UInt64) {
        state.withLock { state in
            state.next = max(state.next, recentFrom)
            state.logged = max(state.logged, recentFrom)
        }
    }

    /// Grants what nobody has been granted of these UIDs; nothing below them is granted later.
    package func claim(_ uids: ClosedRange<UInt32>) -> ClosedRange<UInt32>? {
        state.withLock { state in
            let granted = RecentGrants.unclaimed(uids, from: state.next)
            state.next = max(state.next, UInt64(uids.upperBound) + 1)
            return granted
        }
    }

    /// What EXAMINE shows: as `claim`, but it stays free for a session that may write.
    package func unclaimed(_ uids: ClosedRange<UInt32>) -> ClosedRange<UInt32>? {
        RecentGrants.unclaimed(uids, from: firstUnclaimed)
    }

    private static func unclaimed(
        _ uids: ClosedRange<UInt32>, from next: UInt64
    ) -> ClosedRange<UInt32>? {
        guard let next = UInt32(exactly: next), next <= uids.upperBound else { return nil }
        return max(uids.lowerBound, next)...uids.upperBound
    }
}
