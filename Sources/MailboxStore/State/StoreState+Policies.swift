import MailModel
import MultiAccess

/// What the policies say to a change: RFC 2180 §3, §4.1.4.
extension StoreState {
    /// Why a name cannot be given to a mailbox; nil when it can.
    borrowing func refusal(
        ofTaking name: MailboxName, in account: AccountID
    ) throws(StoreError) -> Refusal? {
        guard let holder = try self.name(name, in: account) else { return nil }
        guard holder.isGhost else { return .mailboxExists(name.string) }
        let count = viewers(of: holder.mailbox, besides: nil)
        return try isReserved(by: holder, viewers: count) ? .nameInUse(name.string) : nil
    }

    /// Why nothing can be put into a mailbox of this name, which does not exist.
    borrowing func refusal(
        ofMissing destination: MailboxName, in account: AccountID
    ) throws(StoreError) -> Refusal {
        try refusal(ofMissing: destination, in: account) { facts.viewers($0, nil) }
    }

    /// Whether messages may be expunged although others have the mailbox open: RFC 2180 §4.1.4.
    borrowing func mayExpunge(
        _ count: Int, from mailbox: MailboxID, by cause: Expunging.Cause,
        requester: SessionIdentity?
    ) throws(StoreError) -> Bool {
        let others = viewers(of: mailbox, besides: requester)
        guard others > 0, count > 0 else { return true }
        let facts = Expunging(cause: cause, messages: count, otherViewers: others)
        switch try policy(of: mailbox).expunging.judge(facts) {
        case .allow: return true
        case .refuse: return false
        }
    }
}
