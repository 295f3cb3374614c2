/// Sets the flags of the messages that are left and says NO for the others: RFC 2180 §4.2.3.
///
/// Costs nothing. Hurts clients that take a NO to mean that nothing happened; the FETCH responses
/// before it tell them better.
package struct StoreRemaining: ExpungedStoreStrategy {
    package init() {}

    package func judgeMixture(_ store: ExpungedStore) -> ExpungedStoreVerdict {
        ExpungedStoreVerdict(applied: store.live, tagged: .no)
    }
}
