import MailModel

/// Copies expunged messages as if they were still there: RFC 2180 §4.4.2.
///
/// Costs disk until the slowest view moves on. Hurts whoever expunged a message to be rid of it: a
/// client that had not heard can still carry it elsewhere. A copy of what was erased is refused.
///
/// MOVE is another matter, on which RFC 2180 is silent: a message that somebody expunged is no longer
/// here to be taken away, and two clients moving the same message must not make two of it. So MOVE
/// takes the rest, and is refused when there is none.
package struct CopyGhosts: ExpungedCopyStrategy {
    package init() {}

    package func judge(_ copy: ExpungedCopy) -> ExpungedCopyVerdict {
        if copy.moves { return copy.live.isEmpty ? .refuse : .omit(copy.expunged) }
        return copy.expunged.subtracting(copy.retained).isEmpty ? .copyAll : .refuse
    }
}
