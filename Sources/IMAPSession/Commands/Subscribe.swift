import IMAPCodec
import MailboxStore

/// SUBSCRIBE: RFC 9051 §6.3.7. The name need not exist, nor go on existing.
extension Session {
    mutating func subscribe(_ command: SubscribeCommand, out: inout ResponseWriter) -> Step {
        guard let user = state.user else { return .finished(.bad("Log in first")) }
        switch command.mailbox {
        case .invalid(let reason): return .finished(.no(reason, code: .cannot))
        case .valid(let name):
            let change = Subscribe(account: user.account, name: name)
            return start(
                SingleChange(change: change) { _, _ in .ok("SUBSCRIBE completed") }, out: &out)
        }
    }
}
