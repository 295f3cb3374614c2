import MailModel

/// The two rules that hold whatever is chosen for mixtures: RFC 2180 §4.2.1 and §4.2.2.
extension ExpungedStoreStrategy {
    /// Silent: the live ones change and the answer is OK, even if none is left. Not silent and none
    /// left: only a NO. The rest is the strategy's own.
    package func judge(_ store: ExpungedStore) -> ExpungedStoreVerdict {
        if store.silent || store.expunged.isEmpty {
            return ExpungedStoreVerdict(applied: store.live, tagged: .ok)
        }
        if store.live.isEmpty { return ExpungedStoreVerdict(applied: UIDSet(), tagged: .no) }
        return judgeMixture(store)
    }
}
