import MailEvents
import MailModel

/// Gives `apply` what an appended message's event does not hold: where its bytes are, and what was
/// made of them.
package protocol BodyFacts {
    /// Where the bytes of a body are that the table `bodies` may not know yet; nil when nobody has
    /// them but, perhaps, that table.
    func newLocation(of digest: BodyDigest) -> BodyLocation?

    /// The stored summary of a body: `MIME.MessageSummary.encoded()`.
    func summary(of digest: BodyDigest, at location: BodyLocation) throws(StoreError) -> [UInt8]
}

extension StoreState {
    /// Folds one event into every projection.
    ///
    /// Never decides: whatever is in the log has happened. The same function serves live traffic,
    /// rebuilding and audit, so equal logs and bodies give equal rows, byte for byte.
    ///
    /// - Throws: only when storage fails or a row cannot be read.
    mutating func apply(
        _ recorded: RecordedEvent, bodies: some BodyFacts
    ) throws(StoreError) {
        switch recorded.event {
        case .storeCreated: break
        case .accountCreated(let event): try apply(event, recorded)
        case .accountRemoved(let event): try apply(event, recorded)
        case .mailboxCreated(let event): try apply(event, recorded)
        case .mailboxRenamed(let event): try apply(event, recorded)
        case .mailboxDeleted(let event): try apply(event, recorded)
        case .mailboxSubscribed(let event): try apply(event, recorded)
        case .mailboxUnsubscribed(let event): try apply(event, recorded)
        case .messagesAppended(let event): try apply(event, recorded, bodies)
        case .messagesCopied(let event): try apply(event, recorded)
        case .messagesMoved(let event): try apply(event, recorded)
        case .flagsChanged(let event): try apply(event, recorded)
        case .messagesExpunged(let event): try apply(event, recorded)
        case .recentClaimed(let event): try apply(event, recorded)
        case .ghostsReclaimed(let event): try apply(event, recorded)
        case .policyChanged(let event): try apply(event, recorded)
        case .ghostsRevoked(let event): try apply(event, recorded)
        }
        nextPosition = recorded.position.next
    }
}

extension RecordedEvent {
    /// UTC, whole seconds.
    var timeSeconds: Int64 {
        timeNanoseconds >= 0
            ? timeNanoseconds / 1_000_000_000 : (timeNanoseconds - 999_999_999) / 1_000_000_000
    }
}
