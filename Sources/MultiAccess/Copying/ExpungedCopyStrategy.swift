import MailModel

/// What COPY and MOVE do about messages that were expunged without the client having been told:
/// RFC 2180 §4.4.
///
/// Pending EXPUNGE responses are sent with either, after the messages have been identified. Not asked
/// when none of the messages is expunged.
package protocol ExpungedCopyStrategy: Sendable {
    func judge(_ copy: ExpungedCopy) -> ExpungedCopyVerdict
}

package struct ExpungedCopy: Hashable, Sendable {
    /// Named and in the mailbox.
    package let live: UIDSet
    /// Named, in the client's view, and expunged; not empty.
    package let expunged: UIDSet
    /// Those of `expunged` that can still be read.
    package let retained: UIDSet
    /// MOVE (RFC 6851) rather than COPY.
    package let moves: Bool

    package init(live: UIDSet, expunged: UIDSet, retained: UIDSet, moves: Bool) {
        self.live = live
        self.expunged = expunged
        self.retained = retained
        self.moves = moves
    }
}

package enum ExpungedCopyVerdict: Hashable, Sendable {
    /// Copy every message named, the expunged ones as they were last.
    case copyAll
    /// Leave these out and do the rest: a tagged OK, whose COPYUID names what was done. For MOVE
    /// only: a COPY is all or nothing (RFC 9051 §6.4.7).
    case omit(UIDSet)
    /// A tagged NO; the destination stays as it was.
    case refuse
}
