import IMAPCodec
import MailModel
import MailboxStore

/// What a session knows from its first moment and never changes.
package struct SessionContext {
    package let store: MailboxStore
    /// Unique within the store's life; part of `who` and of every event's actor.
    package let sessionID: UInt64
    /// With its port: `192.0.2.7:50123`.
    package let remoteAddress: String
    /// Whether passwords may pass: over TLS, or from this machine itself.
    package let allowsPlaintextLogin: Bool
    /// Whether an account that is not there is created at its first login: `--demo-password`.
    package let createsAccounts: Bool
    package let limits: SessionLimits

    /// Shown in the greeting and by ID.
    package let serverName = "Hindsight"
    package let serverVersion: String
    package var greeting: String { "Hindsight ready" }

    package init(
        store: MailboxStore, sessionID: UInt64, remoteAddress: String, allowsPlaintextLogin: Bool,
        createsAccounts: Bool = false,
        limits: SessionLimits = SessionLimits(), serverVersion: String = "0.1"
    ) {
        self.store = store
        self.sessionID = sessionID
        self.remoteAddress = remoteAddress
        self.allowsPlaintextLogin = allowsPlaintextLogin
        self.createsAccounts = createsAccounts
        self.limits = limits
        self.serverVersion = serverVersion
    }
}

/// What one session may cost, and how patient it is.
package struct SessionLimits: Hashable, Sendable {
    /// S10.
    package var badCommandsBeforeLogin = 3
    /// S9.
    package var failedLogins = 3
    /// S21: a producer stops here and goes on when the client has taken it.
    package var outHighWaterBytes = 256 << 10
    /// S4, APPENDLIMIT of RFC 7889.
    package var appendBytes: UInt64 = 50 << 20
    /// RFC 3502 sets no bound; every message of one APPEND is held until all have come.
    package var messagesPerAppend = 1000
    /// All messages of one APPEND together: they are held with the messages.
    package var keywordsPerAppend = 8192
    /// All messages of one APPEND together.
    package var bytesPerAppend: UInt64 = 1 << 30
    /// S16: one search may take this long.
    package var searchSeconds = 10
    package var parserAfterLogin = ParserLimits.afterLogin

    package init() {}
}
