import MailEvents
import MailModel

/// Chooses answers to the questions of RFC 2180, for the store, an account or a mailbox. They hold from
/// the next command of every session.
package struct ChangePolicy: Change {
    /// What becomes of a layer.
    package enum Edit: Sendable {
        /// It has just these answers.
        case replace(PolicyLayer)
        /// It has these besides those it has, of which some are left to the layer below.
        case amend(PolicyLayer, leaving: [PolicyQuestion])
    }

    package let scope: PolicyScope
    package let edit: Edit

    package init(_ scope: PolicyScope, _ edit: Edit) {
        self.scope = scope
        self.edit = edit
    }

    package func decide(on state: borrowing StoreState) throws(StoreError) -> Decision {
        var account: AccountID?
        var mailbox: MailboxID?
        switch scope {
        case .configuration, .store: break
        case .account(let id):
            guard try state.isLive(id) else { return .refuse(.noSuchAccount("\(id)")) }
            account = id
        case .mailbox(let id):
            guard let row = try state.mailboxRow(id), row.deletedAt == nil else {
                return .refuse(.mailboxDeleted("\(id)"))
            }
            account = row.account
            mailbox = id
        }
        let before = try state.policyLayer(scope)
        let layer = edited(before)
        guard layer != before else { return .accept([], .done) }
        let changed = PolicyChanged(isFromConfiguration: scope == .configuration, layer: layer)
        return .accept(
            [ScopedEvent(account: account, mailbox: mailbox, .policyChanged(changed))], .done)
    }

    private func edited(_ before: PolicyLayer) -> PolicyLayer {
        switch edit {
        case .replace(let layer): return layer
        case .amend(let layer, let leaving):
            var after = before
            for question in leaving { after.leave(question) }
            return layer.over(after)
        }
    }
}
