import IMAPCodec
import MailModel
import MailboxStore

/// CREATE: RFC 9051 §6.3.4, RFC 6154 §3, RFC 8474 §4.1.
extension Session {
    mutating func create(_ command: CreateCommand, out: inout ResponseWriter) -> Step {
        guard let user = state.user else { return .finished(.bad("Log in first")) }
        guard command.unknownUses.isEmpty else {
            return .finished(.no("The special use is not known", code: .useAttr))
        }
        switch command.mailbox {
        case .invalid(let reason): return .finished(.no(reason, code: .cannot))
        case .valid(let name):
            let change = CreateMailbox(
                account: user.account, name: name, specialUses: command.uses)
            return start(
                SingleChange(change: change) { _, result in
                    guard case .mailboxCreated(let id) = result else {
                        return .ok("CREATE completed")
                    }
                    return .ok("CREATE completed", code: .mailboxID(id))
                }, out: &out)
        }
    }
}
