import MailModel

/// Whether SEARCH, SORT and THREAD find messages that were expunged without the client having been
/// told: RFC 2180 §4.3.
///
/// Not asked when no message of the view is expunged.
package protocol ExpungedSearchStrategy: Sendable {
    func judge(_ search: ExpungedSearch) -> ExpungedSearchVerdict
}

package struct ExpungedSearch: Hashable, Sendable {
    /// In the client's view and expunged; not empty.
    package let expunged: UIDSet
    /// Those of `expunged` that can still be read.
    package let retained: UIDSet

    package init(expunged: UIDSet, retained: UIDSet) {
        self.expunged = expunged
        self.retained = retained
    }
}

package enum ExpungedSearchVerdict: Hashable, Sendable {
    /// Search the whole view, expunged messages with the flags they had last.
    case includeAll
    /// Search the view without these; the tagged response is OK all the same.
    case omit(UIDSet)
}
