import IMAPCodec
import MailModel

/// ENABLE: RFC 5161. CONDSTORE is all that can be enabled; other names are passed over.
extension Session {
    mutating func enable(_ command: EnableCommand, out: inout ResponseWriter) -> Completion {
        let isNew = command.capabilities.contains("CONDSTORE") && !isCondStoreAware
        if isNew { enableCondStore(out: &out) }
        out.writeEnabled(isNew ? [.condStore] : [])
        return .ok("ENABLE completed")
    }

    /// Takes note of a CONDSTORE-enabling command: RFC 7162 §3.1.
    ///
    /// The first one given while a mailbox is selected is answered with HIGHESTMODSEQ.
    mutating func enableCondStore(out: inout ResponseWriter) {
        guard !isCondStoreAware else { return }
        isCondStoreAware = true
        guard let selected = state.selected else { return }
        out.writeUntagged(
            .ok, code: .highestModSeq(selected.toldModSeq), "Highest mod-sequence")
    }
}
