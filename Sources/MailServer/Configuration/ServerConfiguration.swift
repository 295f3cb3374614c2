import IMAPSession
import MailModel
import MailboxStore

/// What a server is told when it starts. Every figure has its reason beside it.
package struct ServerConfiguration: Sendable {
    package var storeDirectory: String
    package var address: ListenAddress
    /// Names and password hashes.
    package var usersFile: String
    /// Any account name gets in with this password, and is created at its first login. Loopback only.
    package var demoPassword: String?
    /// Event loops. They never block, so more than there are cores gain nothing.
    package var threads: Int
    package var sessionLimits = SessionLimits()
    package var connectionLimits: ConnectionLimits
    package var timeouts = Timeouts()
    package var buffers = BufferLimits()
    /// Answers to the questions of RFC 2180 for the whole store; put into its log when they differ.
    package var policy = PolicyLayer()
    package var ghostLimits = GhostLimits()
    /// Shown by ID and `who`.
    package var version = "0.1"

    package init(
        storeDirectory: String, address: ListenAddress, demoPassword: String? = nil, threads: Int
    ) {
        self.storeDirectory = storeDirectory
        self.address = address
        self.demoPassword = demoPassword
        self.threads = max(1, threads)
        usersFile = storeDirectory + "/users"
        connectionLimits = demoPassword == nil ? ConnectionLimits() : .demonstration
    }
}

extension ServerConfiguration {
    /// Takes over what a configuration file says.
    package mutating func adopt(_ file: ConfigurationFile) {
        policy = file.policy
        ghostLimits = file.ghostLimits
        if let minutes = file.idleMinutes { timeouts.idle = .seconds(minutes * 60) }
    }
}

/// How many connections are let in: S11. Who is not let in is told so.
package struct ConnectionLimits: Hashable, Sendable {
    /// A connection at rest costs kilobytes; a descriptor each.
    package var total = 16_384
    /// One address that opens connections and never logs in.
    package var perAddressBeforeLogin = 64
    /// One person's programs: each opens several connections, seldom more than ten.
    package var perUser = 32
    package var perUserAndAddress = 16

    package init() {}

    /// Loopback only, and benchmarks log in a thousand times as one user.
    package static let demonstration: ConnectionLimits = {
        var limits = ConnectionLimits()
        limits.perAddressBeforeLogin = limits.total
        limits.perUser = limits.total
        limits.perUserAndAddress = limits.total
        return limits
    }()
}

/// How long the server waits: S8, S20, S21.
package struct Timeouts: Hashable, Sendable {
    /// From the greeting to a login.
    package var login = Duration.seconds(60)
    /// A command that has begun must go on: `BufferLimits.progressBytes` within this time.
    package var commandProgress = Duration.seconds(120)
    /// RFC 9051 §5.4 forbids less.
    package var idle = Duration.seconds(30 * 60)
    /// How often an idling client is told that the connection lives: it keeps addresses translated
    /// and finds out about peers that vanished.
    package var stillHere = Duration.seconds(120)
    /// A client that takes nothing of what was written to it.
    package var outputProgress = Duration.seconds(120)
    /// What follows the first news of a burst waits for this long.
    package var newsInterval = Duration.milliseconds(100)
    /// After the last byte: the client reads it and closes; closing first could destroy it.
    package var linger = Duration.seconds(2)
    /// From being asked to stop until connections are cut. The whole stop stays below 5 s: F24.
    package var shutdown = Duration.seconds(2)
    /// After an accept that failed for want of descriptors: F7.
    package var acceptPause = Duration.milliseconds(250)
    /// How often the above are looked at. One look costs nanoseconds a connection.
    package var sweepInterval = Duration.seconds(1)

    package init() {}
}

/// What one connection's buffers may hold: S6, S19, S21.
package struct BufferLimits: Hashable, Sendable {
    /// Bytes read ahead of the command that runs; more only when that command needs them.
    package var inputBytes = 256 << 10
    /// S6: a stranger has no use for a pipeline.
    package var inputBytesBeforeLogin = 16 << 10
    /// With this much unread by the client nothing more is produced…
    package var outputHighWaterBytes = 256 << 10
    /// …until there is only this much.
    package var outputLowWaterBytes = 64 << 10
    /// Handed to the channel in pieces of about this size.
    package var outputPieceBytes = 64 << 10
    /// Pieces of a message waiting for the disk.
    package var bodyQueueBytes = 256 << 10
    /// What a connection may take in one go before others of the loop get their turn: with some of them
    /// at work, a NOOP of another waits for as many times this.
    package var turnDuration = Duration.milliseconds(4)
    /// The same by what was written and by commands begun, which are counted without a clock.
    package var turnBytes = 4 << 20
    package var turnCommands = 1024
    /// `Timeouts.commandProgress`: one byte a second is no progress.
    package var progressBytes = 1 << 10

    package init() {}
}
