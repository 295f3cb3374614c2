import MailModel

/// What STORE does about messages that were expunged without the client having been told:
/// RFC 2180 §4.2.
///
/// The flags of an expunged message never change. Not asked when none of the messages is expunged.
package protocol ExpungedStoreStrategy: Sendable {
    /// Judges what §4.2.1 and §4.2.2 leave open: not silent, and some messages live. Ask `judge(_:)`.
    func judgeMixture(_ store: ExpungedStore) -> ExpungedStoreVerdict
}

package struct ExpungedStore: Hashable, Sendable {
    /// Named and in the mailbox.
    package let live: UIDSet
    /// Named, in the client's view, and expunged; not empty.
    package let expunged: UIDSet
    /// With the suffix `.SILENT`.
    package let silent: Bool

    package init(live: UIDSet, expunged: UIDSet, silent: Bool) {
        self.live = live
        self.expunged = expunged
        self.silent = silent
    }
}

package struct ExpungedStoreVerdict: Hashable, Sendable {
    /// The messages whose flags change, each with its FETCH response unless silent.
    package let applied: UIDSet
    package let tagged: TaggedVerdict

    package init(applied: UIDSet, tagged: TaggedVerdict) {
        self.applied = applied
        self.tagged = tagged
    }
}
