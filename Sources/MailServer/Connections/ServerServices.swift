import Logging
import MailboxStore
import NIOPosix

/// What all connections of a server share.
final class ServerServices: Sendable {
    let configuration: ServerConfiguration
    let store: MailboxStore
    let door: LoginDoor
    let counts: ConnectionCounts
    let metrics = ServerMetrics()
    let logger: Logger
    let fullDisk: FullDiskNotice
    /// Bodies on their way to the disk.
    let diskThreads: NIOThreadPool
    /// Searches, which may take seconds.
    let jobs: JobQueue

    init(
        _ configuration: ServerConfiguration, store: MailboxStore, door: LoginDoor,
        diskThreads: NIOThreadPool, jobs: JobQueue, logger: Logger
    ) {
        self.configuration = configuration
        self.store = store
        self.door = door
        self.diskThreads = diskThreads
        self.jobs = jobs
        self.logger = logger
        fullDisk = FullDiskNotice(logger)
        counts = ConnectionCounts(configuration.connectionLimits)
    }
}
