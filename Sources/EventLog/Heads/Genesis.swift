import MailEvents

/// What the first event of a new log says: which store begins, and who began it.
package struct Genesis: Sendable {
    /// 16 random bytes.
    package let storeID: [UInt8]
    package let actor: Actor
    package let cause: Cause

    /// - Returns: nil unless the store's ID has 16 bytes.
    package init?(storeID: [UInt8], actor: Actor, cause: Cause) {
        guard storeID.count == StoreCreated.storeIDBytes else { return nil }
        self.storeID = storeID
        self.actor = actor
        self.cause = cause
    }

    var draft: EventDraft {
        EventDraft(
            account: nil, mailbox: nil, actor: actor, cause: cause,
            event: .storeCreated(StoreCreated(storeID: storeID)))
    }
}
