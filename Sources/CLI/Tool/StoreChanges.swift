import Glibc
import MailEvents
import MailboxStore

/// How the command puts changes to a store, and who the log says it was.
extension MailboxStore {
    /// Puts a change and waits until it is durable.
    ///
    /// - Throws: `Failure` with the refusal's reason, or the store's own error.
    @discardableResult
    func change(_ change: any Change, by command: String) throws -> ChangeResult {
        switch perform(change, actor: .tool, cause: Cause(command: command)) {
        case .accepted(let result, _): return result
        case .refused(let refusal): throw Failure(refusal.explanation)
        case .failed(let error): throw error
        }
    }
}

extension Actor {
    /// The system's user who runs this command.
    static var tool: Actor {
        let entry = getpwuid(geteuid())
        let name = entry.flatMap { $0.pointee.pw_name }.map { String(cString: $0) }
        return Actor(
            user: name ?? "uid \(geteuid())", session: "process \(getpid())", protocolName: "cli",
            clientID: "hindsight \(Version.text)")
    }
}

extension Refusal {
    /// What a person at a terminal is told.
    var explanation: String {
        switch self {
        case .noSuchAccount(let name): "there is no account \(name)"
        case .accountExists(let name): "account \(name) exists already"
        case .noSuchMailbox(let name), .noSuchDestination(let name): "there is no mailbox \(name)"
        case .mailboxExists(let name): "mailbox \(name) exists already"
        case .mailboxInUse(let name): "clients have mailbox \(name) open, and its policy says no"
        case .messagesExpunged: "some of the messages have been expunged meanwhile"
        case .notExpunged(let what): "\(what) is still there, and only ghosts can be withdrawn"
        case .nameInUse(let name):
            "mailbox \(name) was deleted while clients have it open, and the name is theirs "
                + "until they let go of it: try again later, or choose another name"
        case .mailboxDeleted(let name): "mailbox \(name) has been deleted"
        case .cannotDeleteInbox: "INBOX cannot be deleted"
        case .cannotRenameInto(let name): "nothing can be renamed to \(name)"
        case .hasChildren(let name): "mailbox \(name) has mailboxes below it"
        case .specialUseTaken(let use): "another mailbox is the account's \(use)"
        case .noUIDsLeft(let name): "mailbox \(name) has no UIDs left: use another"
        case .tooManyKeywords(let limit):
            "the mailbox would have more than \(limit) keywords: use another"
        case .messageTooLarge(let limit): "the message is larger than \(limit) bytes"
        }
    }
}
