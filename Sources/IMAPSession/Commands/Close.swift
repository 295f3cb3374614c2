import IMAPCodec
import MailModel
import MailboxStore
import MultiAccess

/// CLOSE: RFC 9051 §6.4.1. Expunges silently, unless the mailbox was only examined.
extension Session {
    mutating func close(out: inout ResponseWriter) -> Step {
        guard case .selected(let user, let selected) = state else {
            return .finished(.bad("Select a mailbox first"))
        }
        guard !selected.isReadOnly else { return .finished(closed()) }
        let change = ExpungeMessages(
            account: user.account, mailbox: selected.view.mailbox, cause: .close,
            requester: identity(of: user))
        return start(CloseExecution(change: change), out: &out)
    }

    fileprivate mutating func closed() -> Completion {
        _ = leaveMailbox()
        return .ok("CLOSE completed")
    }
}

private struct CloseExecution: RunningCommand {
    let change: ExpungeMessages

    func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            session.submit(change)
            return .waiting(for: .answer)
        // Not being allowed to expunge does not keep anybody from closing.
        case .answer(.changed(.accepted)), .answer(.changed(.refused)):
            return .finished(session.closed())
        case .answer(.changed(.failed(let error))):
            return .finished(Completion(error))
        case .answer, .client, .room, .news:
            return .waiting(for: .answer)
        }
    }
}
