import IMAPCodec
import MailModel
import MailboxStore

/// DELETE: RFC 9051 §6.3.5, RFC 2180 §3.
extension Session {
    mutating func delete(_ command: DeleteCommand, out: inout ResponseWriter) -> Step {
        guard let user = state.user else { return .finished(.bad("Log in first")) }
        switch command.mailbox {
        case .invalid(let reason): return .finished(.no(reason, code: .cannot))
        case .valid(let name):
            let change = DeleteMailbox(
                account: user.account, name: name, requester: identity(of: user))
            return start(DeleteExecution(user: user, name: name, change: change), out: &out)
        }
    }
}

/// Deletes, and gives up the session's own view of what it deleted: nobody waits for a name that
/// its own deleter holds (DESIGN §6).
private struct DeleteExecution: RunningCommand {
    let user: LoggedInUser
    let name: MailboxName
    let change: DeleteMailbox
    /// Whether the mailbox to be deleted is the one that is selected.
    private var isSelected = false

    init(user: LoggedInUser, name: MailboxName, change: DeleteMailbox) {
        self.user = user
        self.name = name
        self.change = change
    }

    mutating func resume(
        _ resumption: Resumption, in session: inout Session, out: inout ResponseWriter
    ) -> Step {
        switch resumption {
        case .begin:
            do throws(StoreError) {
                isSelected = try namesSelected(in: session)
            } catch {
                return .finished(Completion(error))
            }
            session.submit(change)
            return .waiting(for: .answer)
        case .answer(.changed(.accepted)):
            if isSelected, session.leaveMailbox() {
                out.writeUntagged(.ok, code: .closed, "The mailbox was deleted")
            }
            return .finished(.ok("DELETE completed"))
        case .answer(.changed(let outcome)):
            return .finished(session.failure(outcome) ?? .no("The mailbox was not deleted"))
        case .answer, .client, .room, .news:
            return .waiting(for: .answer)
        }
    }

    private func namesSelected(in session: borrowing Session) throws(StoreError) -> Bool {
        guard let selected = session.state.selected else { return false }
        let found = try session.context.store.read { reader throws(StoreError) in
            try reader.mailbox(named: name, in: user.account)
        }
        return found == selected.view.mailbox
    }
}
