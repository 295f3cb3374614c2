import IMAPCodec
import MailboxStore

/// UNSUBSCRIBE: RFC 9051 §6.3.8. A name that was not subscribed is no error.
extension Session {
    mutating func unsubscribe(_ command: SubscribeCommand, out: inout ResponseWriter) -> Step {
        guard let user = state.user else { return .finished(.bad("Log in first")) }
        switch command.mailbox {
        case .invalid(let reason): return .finished(.no(reason, code: .cannot))
        case .valid(let name):
            let change = Unsubscribe(account: user.account, name: name)
            return start(
                SingleChange(change: change) { _, _ in .ok("UNSUBSCRIBE completed") }, out: &out)
        }
    }
}
