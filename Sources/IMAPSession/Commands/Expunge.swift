import IMAPCodec
import MailModel
import MailboxStore

/// EXPUNGE: RFC 9051 §6.4.3; UID EXPUNGE: RFC 4315 §2.1.
///
/// What was expunged is told by the view, as what others expunged is.
extension Session {
    mutating func expunge(_ command: ExpungeCommand, out: inout ResponseWriter) -> Step {
        guard case .selected(let user, let selected) = state else {
            return .finished(.bad("Select a mailbox first"))
        }
        guard !selected.isReadOnly else { return .finished(.readOnly) }
        var uids: UIDSet?
        if let named = command.uids {
            uids = selected.uids(of: named, .uid)
            guard uids?.isEmpty == false else { return .finished(.ok("UID EXPUNGE completed")) }
        }
        let change = ExpungeMessages(
            account: user.account, mailbox: selected.view.mailbox, uids: uids,
            requester: identity(of: user))
        let text = uids == nil ? "EXPUNGE completed" : "UID EXPUNGE completed"
        return start(SingleChange(change: change) { _, _ in .ok(text) }, out: &out)
    }
}
