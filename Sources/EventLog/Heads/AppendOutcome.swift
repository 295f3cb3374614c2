/// What became of an append. Only `committed` may lead to a client's tagged OK.
package enum AppendOutcome: Hashable, Sendable {
    /// All of it is durable, up to this head.
    case committed(LogHead)
    /// Somebody else holds the log now, under this epoch. Nothing was appended.
    case fenced(Epoch)
    /// The log does not end where the caller believed. Nothing was appended.
    case conflict(LogHead)
    /// It may be there or not: to be resolved by reading the head under the same epoch.
    case unknown
}
