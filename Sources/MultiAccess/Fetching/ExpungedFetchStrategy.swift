import MailModel

/// What FETCH answers for messages that were expunged without the client having been told:
/// RFC 2180 §4.1.
///
/// Not asked when none of the messages is expunged.
package protocol ExpungedFetchStrategy: Sendable {
    func judge(_ fetch: ExpungedFetch) -> ExpungedFetchVerdict
}

package struct ExpungedFetch: Hashable, Sendable {
    /// Asked for and in the mailbox.
    package let live: UIDSet
    /// Asked for, in the client's view, and expunged; not empty.
    package let expunged: UIDSet
    /// Those of `expunged` that can still be read.
    package let retained: UIDSet

    package init(live: UIDSet, expunged: UIDSet, retained: UIDSet) {
        self.live = live
        self.expunged = expunged
        self.retained = retained
    }
}

package enum ExpungedFetchVerdict: Hashable, Sendable {
    /// All as if nothing had happened, expunged ones too: a tagged OK.
    case serveAll
    /// No response for these, the usual ones for the others, and a tagged NO.
    case omit(UIDSet)
    /// "NIL FETCH responses" for these, the usual ones for the others: a tagged OK.
    case answerNIL(UIDSet)
    /// No response but a tagged NO.
    case refuse
}
