import LMDB
import MailModel
import MultiAccess

/// The answers to the questions of RFC 2180 that hold now.
extension StateReading where Self: ~Copyable {
    /// What was chosen for a scope itself; empty when nothing was.
    package borrowing func policyLayer(_ scope: PolicyScope) throws(StoreError) -> PolicyLayer {
        guard let bytes = try row(PolicyKey(scope)) else { return PolicyLayer() }
        return try decoded(PolicyRow(bytes), "a policy").layer
    }

    /// What holds for a mailbox, whoever has chosen it.
    package borrowing func policy(of mailbox: MailboxID) throws(StoreError) -> MultiAccessPolicy {
        guard let account = try mailboxRow(mailbox)?.account else { return MultiAccessPolicy() }
        var choices = PolicyLayer()
        for scope in [.configuration, .store, .account(account), .mailbox(mailbox)] as [PolicyScope]
        {
            choices = try policyLayer(scope).over(choices)
        }
        return MultiAccessPolicy(choices)
    }

    /// Every scope for which something was chosen, the greater before the lesser.
    package borrowing func policyLayers() throws(StoreError) -> [(PolicyScope, PolicyLayer)] {
        var layers: [(PolicyScope, PolicyLayer)] = []
        var scan = try rows(prefix: RowPrefix.all(.policy))
        while let entry = try scan.nextRow() {
            let scope = try decoded(PolicyKey.scope(in: entry.key), "a policy's key")
            layers.append((scope, try decoded(PolicyRow(entry.value), "a policy").layer))
        }
        return layers
    }
}

/// Names that ghosts hold: RFC 2180 §3.2.
extension StateReading where Self: ~Copyable {
    /// - Parameter viewers: how many sessions have the ghost open.
    borrowing func isReserved(by ghost: NameRow, viewers: Int) throws(StoreError) -> Bool {
        switch try policy(of: ghost.mailbox).names.judge(GhostNameWish(viewers: viewers)) {
        case .reserved: true
        case .reusable: false
        }
    }

    /// Why nothing can be put into a mailbox of this name, which does not exist.
    ///
    /// To create it first is no help while a ghost reserves the name, so TRYCREATE is not said
    /// (RFC 9051 §6.3.12: "unless it is certain that the destination mailbox cannot be created").
    borrowing func refusal(
        ofMissing destination: MailboxName, in account: AccountID, viewers: (MailboxID) -> Int
    ) throws(StoreError) -> Refusal {
        guard let holder = try name(destination, in: account), holder.isGhost,
            try isReserved(by: holder, viewers: viewers(holder.mailbox))
        else { return .noSuchDestination(destination.string) }
        return .nameInUse(destination.string)
    }
}
