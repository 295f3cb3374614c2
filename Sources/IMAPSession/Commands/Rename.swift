import IMAPCodec
import MailModel
import MailboxStore

/// RENAME: RFC 9051 §6.3.6. Who has it selected keeps it: a view knows its mailbox by ID.
extension Session {
    mutating func rename(_ command: RenameCommand, out: inout ResponseWriter) -> Step {
        guard let user = state.user else { return .finished(.bad("Log in first")) }
        switch (command.source, command.destination) {
        case (.invalid(let reason), _), (_, .invalid(let reason)):
            return .finished(.no(reason, code: .cannot))
        case (.valid(let source), .valid(let destination)):
            let change = RenameMailbox(
                account: user.account, from: source, to: destination,
                requester: identity(of: user))
            return start(
                SingleChange(change: change) { _, _ in .ok("RENAME completed") }, out: &out)
        }
    }
}
