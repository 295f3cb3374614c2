import MailModel

/// Sets no flag when any of the messages is gone, and says NO: RFC 2180 §4.2.4.
///
/// Costs nothing. Hurts clients in a busy shared mailbox: as long as something is always being expunged,
/// they cannot set the flags of all messages at once. In return a NO means that nothing was done.
package struct StoreNothing: ExpungedStoreStrategy {
    package init() {}

    package func judgeMixture(_ store: ExpungedStore) -> ExpungedStoreVerdict {
        ExpungedStoreVerdict(applied: UIDSet(), tagged: .no)
    }
}
