import NIOCore

/// When a connection last got on: what its timeouts are judged by.
struct ConnectionClock {
    let connected: NIODeadline
    /// Anything from the client.
    private(set) var input: NIODeadline
    /// Enough of the command under way, or the beginning of one.
    private(set) var command: NIODeadline
    /// Anything to the client.
    private(set) var written: NIODeadline
    /// The client took something of what was written; nil while it has taken all.
    private(set) var outputStuckSince: NIODeadline?
    private var pendingBytes = 0
    private var bytesSinceMove = 0

    init(_ now: NIODeadline) {
        connected = now
        input = now
        command = now
        written = now
    }

    /// - Parameter enough: so many bytes are progress.
    mutating func took(_ count: Int, beginsCommand: Bool, at now: NIODeadline, enough: Int) {
        input = now
        bytesSinceMove += count
        if beginsCommand || bytesSinceMove >= enough { commandMoved(at: now) }
    }

    mutating func commandMoved(at now: NIODeadline) {
        command = now
        bytesSinceMove = 0
    }

    mutating func wrote(at now: NIODeadline) {
        written = now
        if outputStuckSince == nil { outputStuckSince = now }
    }

    mutating func outputMoved(at now: NIODeadline) {
        if outputStuckSince != nil { outputStuckSince = now }
    }

    /// - Parameter pending: what the channel holds of what was written.
    mutating func outputIs(pending: Int, at now: NIODeadline) {
        if pending == 0 {
            outputStuckSince = nil
        } else if pending != pendingBytes {
            outputStuckSince = now
        }
        pendingBytes = pending
    }
}
