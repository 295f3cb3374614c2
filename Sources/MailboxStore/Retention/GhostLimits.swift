/// How much one session may hold back by not listening: past any of these it is sent BYE.
///
/// A session that is silent is ended by its autologout (RFC 9051 §5.4). These are for one that goes on
/// talking and never says anything at which it could be told, or that rests in a deleted mailbox.
package struct GhostLimits: Hashable, Sendable {
    /// Since the first expunge, or the deletion, that the session has not been told of.
    package var ageSeconds: Int64 = 24 * 3600
    /// Ghosts that only wait for sessions like this one.
    package var messages = 1_000_000
    /// Of these messages' bodies.
    package var bytes: UInt64 = 10 << 30

    package init() {}

    func isExceeded(by holding: GhostHolding, ageSeconds age: Int64) -> Bool {
        holding.messages > messages || holding.bytes > bytes
            || (holding.since != nil && age > ageSeconds)
    }
}
