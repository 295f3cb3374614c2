import IMAPCodec
import MailModel

/// FETCH and UID FETCH: RFC 9051 §6.4.5, RFC 7162 §3.1.4.
extension Session {
    /// UIDs that are not in the mailbox are passed over; a sequence number that no message has is BAD,
    /// in an empty mailbox any, as Dovecot has it.
    mutating func fetch(_ command: FetchCommand, out: inout ResponseWriter) -> Step {
        guard case .selected(let user, let selected) = state else {
            return .finished(.bad("Select a mailbox first"))
        }
        guard let uids = selected.uids(of: command.messages, command.kind) else {
            return .finished(selected.complaint(about: command.messages))
        }
        let plan = FetchPlan(command)
        if plan.enablesCondStore { enableCondStore(out: &out) }
        return start(
            FetchExecution(
                plan, of: uids, in: selected, by: user, isCondStoreAware: isCondStoreAware),
            out: &out)
    }
}
