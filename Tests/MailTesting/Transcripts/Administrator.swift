import MailEvents
import MailModel
import MailboxStore

/// Does what a transcript wants done by an administrator, before the clients come or while they talk.
package struct Administrator: Sendable {
    private let store: MailboxStore
    private let account: AccountID

    package init(store: MailboxStore, account: AccountID) {
        self.store = store
        self.account = account
    }

    package func perform(_ words: [String]) throws {
        let rest = Array(words.dropFirst())
        switch words.first {
        case "policy": try choosePolicy(rest)
        case "revoke" where rest.count == 1: try revokeMailbox(rest[0])
        case "revoke" where rest.count == 2: try revoke(rest[1], of: rest[0])
        default:
            throw TranscriptStage.Unknown(
                what: "no administrator does: \(words.joined(separator: " "))")
        }
    }

    /// `policy fetch nil store nothing`, `policy strict`, `policy Work fetch nil`
    private func choosePolicy(_ words: [String]) throws {
        var words = words[...]
        var scope = PolicyScope.store
        if words.count % 2 == 1, let first = words.popFirst() {
            if let preset = PolicyPreset(rawValue: first) {
                try change(ChangePolicy(.store, .replace(preset.answers)))
            } else {
                scope = .mailbox(try mailbox(first, isDeleted: false))
            }
        }
        while let question = words.popFirst(), let answer = words.popFirst() {
            guard let chosen = PolicyQuestion(name: question)?.answer(named: answer) else {
                throw TranscriptStage.Unknown(what: "no answer: \(question) \(answer)")
            }
            try change(ChangePolicy(scope, .amend(PolicyLayer([chosen]), leaving: [])))
        }
    }

    /// `revoke Work`: the deleted mailbox.
    private func revokeMailbox(_ name: String) throws {
        try revoke(try mailbox(name, isDeleted: true), nil)
    }

    /// `revoke INBOX 4`: the expunged message with this UID.
    private func revoke(_ uid: String, of name: String) throws {
        guard let uid = UInt32(uid), uid > 0 else {
            throw TranscriptStage.Unknown(what: "no UID: \(uid)")
        }
        try revoke(try mailbox(name, isDeleted: false), UIDSet(uid...uid))
    }

    private func revoke(_ mailbox: MailboxID, _ uids: UIDSet?) throws {
        let revocation = RevokeGhosts(account: account, mailbox: mailbox, uids: uids)
        while try change(revocation) == .reclaimed(more: true) {}
    }

    private func mailbox(_ name: String, isDeleted: Bool) throws -> MailboxID {
        let found = try store.read { reader throws(StoreError) in
            for id in try reader.allMailboxes() {
                guard let row = try reader.mailboxRow(id), row.account == account,
                    row.name.string == name, (row.deletedAt != nil) == isDeleted
                else { continue }
                return id as MailboxID?
            }
            return nil
        }
        guard let found else { throw TranscriptStage.Unknown(what: "no mailbox \(name)") }
        return found
    }

    @discardableResult
    private func change(_ change: any Change) throws -> ChangeResult {
        let actor = Actor(user: "root", protocolName: "test")
        switch store.perform(change, actor: actor, cause: Cause(command: "administer")) {
        case .accepted(let result, _): return result
        case .refused(let refusal): throw TestStore.Refused(refusal: refusal)
        case .failed(let error): throw error
        }
    }
}
