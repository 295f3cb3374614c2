import Authentication
import EventLog
import Logging
import MailEvents
import MailModel
import MailboxStore
import NIOCore
import NIOPosix
import ServiceLifecycle

/// The server: opens a store, serves it by IMAP until it is asked to stop, and closes it.
///
/// Stopping says BYE to every client, lets the writer make durable what it was given, and is over
/// in less than five seconds (F24).
package final class MailServer: Service {
    package let configuration: ServerConfiguration
    package let store: MailboxStore
    private let address: SocketAddress
    private let authenticator: any Authenticator
    private let logger: Logger
    private let whenReady: @Sendable (ListenAddress) -> Void
    private let stops: AsyncStream<StopReason>
    private let stop: AsyncStream<StopReason>.Continuation

    private enum StopReason: Sendable {
        case asked
        case storeStopped(StoreError)
    }

    /// Opens the store, which is made when it is missing.
    ///
    /// - Parameter whenReady: called once with the address listened on, its real port included.
    package init(
        _ configuration: ServerConfiguration, logger: Logger,
        whenReady: @escaping @Sendable (ListenAddress) -> Void = { _ in }
    ) throws(ServerError) {
        self.configuration = configuration
        self.logger = logger
        address = try MailServer.resolve(configuration)
        self.whenReady = whenReady
        let (stops, stop) = AsyncStream.makeStream(of: StopReason.self)
        self.stops = stops
        self.stop = stop
        let options = StoreOptions(
            role: .server, ghostLimits: configuration.ghostLimits,
            whenStopped: { error in
                logger.critical(
                    "the store stopped: nothing more can be written",
                    metadata: ["error": "\(error)"])
                stop.yield(.storeStopped(error))
            },
            whenDamaged: { error in
                logger.error(
                    "a message body is damaged and not served", metadata: ["damage": "\(error)"])
            })
        do throws(StoreError) {
            store = try MailboxStore.open(
                directory: configuration.storeDirectory, options: options)
        } catch {
            throw .store(error)
        }
        if let recovery = store.recovery { logger.report(recovery) }
        try MailServer.record(configuration.policy, in: store)
        authenticator = try MailServer.authenticator(configuration, logger)
    }

    /// Serves until graceful shutdown or cancellation.
    ///
    /// - Throws: `ServerError`: nothing could be listened on, or the store stopped.
    package func run() async throws {
        let pools = [2, 2, JobQueue.threads].map { NIOThreadPool(numberOfThreads: $0) }
        for pool in pools { pool.start() }
        let services = ServerServices(
            configuration, store: store, door: LoginDoor(authenticator, threads: pools[0]),
            diskThreads: pools[1], jobs: JobQueue(pools[2]), logger: logger)
        let group = MultiThreadedEventLoopGroup(numberOfThreads: configuration.threads)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await serve(services, on: group))
        } catch {
            outcome = .failure(error)
        }
        // In this order: nobody reads the store when it closes, and its last answers find their loops.
        for pool in pools { try? await pool.shutdownGracefully() }
        await closeStore()
        try? await group.shutdownGracefully()
        logger.info("stopped")
        try outcome.get()
    }

    private func serve(_ services: ServerServices, on group: any EventLoopGroup) async throws {
        let loops = try await ConnectionLoops(group, services: services)
        store.hub.whenEvicted { loops.evict($0, $1) }
        let listener = IMAPListener(
            services, loops: loops, epoch: try store.log.currentEpoch().rawValue)
        let channel = try await bind(listener, to: address, group)
        let actual = ListenAddress(
            host: configuration.address.host,
            port: channel.localAddress?.port ?? configuration.address.port)
        logger.info(
            "serving",
            metadata: ["address": "\(actual)", "store": "\(configuration.storeDirectory)"])
        let control = await openControlSocket(services, loops, actual, group)
        whenReady(actual)
        let reason = await waitUntilStopped()
        try? await channel.close()
        try? await control?.close()
        try await endConnections(loops, on: channel.eventLoop)
        if case .storeStopped(let error) = reason { throw ServerError.storeStopped(error) }
    }

    private func waitUntilStopped() async -> StopReason {
        await withGracefulShutdownHandler {
            // Ends without a reason when the task is cancelled.
            for await reason in stops { return reason }
            return .asked
        } onGracefulShutdown: {
            self.stop.yield(.asked)
        }
    }
}

/// Starting.
extension MailServer {
    private static func authenticator(
        _ configuration: ServerConfiguration, _ logger: Logger
    ) throws(ServerError) -> any Authenticator {
        if let password = configuration.demoPassword { return DemoCredentials(password: password) }
        do throws(CredentialError) {
            return try CredentialStore(path: configuration.usersFile) { defect in
                logger.warning("users file", metadata: ["defect": "\(defect)"])
            }
        } catch {
            throw .credentials(error.description)
        }
    }

    /// Puts the configuration file's answers into the log when they are not those that it had: the log says
    /// what held when.
    private static func record(
        _ policy: PolicyLayer, in store: MailboxStore
    ) throws(ServerError) {
        let outcome = store.perform(
            ChangePolicy(.configuration, .replace(policy)), actor: Actor(protocolName: "serve"),
            cause: Cause(command: "configuration"))
        if case .failed(let error) = outcome { throw .store(error) }
    }

    /// Before the store is touched: an address that cannot be had leaves no store behind.
    private static func resolve(
        _ configuration: ServerConfiguration
    ) throws(ServerError) -> SocketAddress {
        let address = configuration.address
        let resolved: SocketAddress
        do {
            resolved = try SocketAddress.makeAddressResolvingHost(address.host, port: address.port)
        } catch {
            throw .cannotListen(address, "there is no host of this name")
        }
        guard configuration.demoPassword == nil || resolved.isLoopback else {
            throw .demoPasswordBeyondLoopback(address)
        }
        do throws(ListenFailure) { try resolved.probe() } catch {
            throw .cannotListen(address, "\(error)")
        }
        return resolved
    }

    private func bind(
        _ listener: IMAPListener, to address: SocketAddress, _ group: any EventLoopGroup
    ) async throws(ServerError) -> any Channel {
        do {
            return try await listener.bind(to: address, group: group)
        } catch {
            throw .cannotListen(configuration.address, "\(ListenFailure(error))")
        }
    }
}

/// `who`.
extension MailServer {
    /// The server goes on without it when the path is too long for a socket, or not writable.
    private func openControlSocket(
        _ services: ServerServices, _ loops: ConnectionLoops, _ address: ListenAddress,
        _ group: any EventLoopGroup
    ) async -> (any Channel)? {
        let report = WhoReport(
            services: services, address: address, started: store.options.nowNanoseconds())
        do {
            return try await ControlSocket.bind(
                store: configuration.storeDirectory, group: group, loops: loops, report: report)
        } catch {
            logger.warning(
                "no control socket, so `hindsight who` will not find this server",
                metadata: [
                    "path": "\(ControlSocket.path(ofStore: configuration.storeDirectory))",
                    "reason": "\(error)",
                ])
            return nil
        }
    }
}

/// Stopping.
extension MailServer {
    /// BYE to all, time to read it, then the rest is cut.
    private func endConnections(
        _ loops: ConnectionLoops, on eventLoop: any EventLoop
    ) async throws {
        _ = try await loops.onEach(on: eventLoop) { $0.sayBye() }.get()
        let deadline = ContinuousClock.now + configuration.timeouts.shutdown
        while ContinuousClock.now < deadline, try await loops.count(on: eventLoop) > 0 {
            // A cancelled task must not spin.
            guard (try? await Task.sleep(for: .milliseconds(10))) != nil else { break }
        }
        _ = try await loops.onEach(on: eventLoop) { loop in
            loop.cut()
            loop.stop()
        }.get()
    }

    /// Blocks until the writer is done, so it gets a thread of its own.
    private func closeStore() async {
        let pool = NIOThreadPool(numberOfThreads: 1)
        pool.start()
        let store = store
        _ = try? await pool.runIfActive { store.close() }
        try? await pool.shutdownGracefully()
    }
}
