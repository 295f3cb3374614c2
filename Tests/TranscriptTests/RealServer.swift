import Logging
import MailServer
import MailTesting
import MailboxStore
import NIOPosix
import ServiceLifecycle

/// A server on a free port of 127.0.0.1, over a store that exists already.
enum RealServer {
    /// Tests block on sockets: on threads of their own, so that the server always has one to run on.
    private static let blockingThreads: NIOThreadPool = {
        let pool = NIOThreadPool(numberOfThreads: 8)
        pool.start()
        return pool
    }()

    /// Runs a server for as long as `body` does; the store is nobody's when this returns.
    static func run(
        storeDirectory: String,
        _ body: @escaping @Sendable (_ port: Int, MailboxStore) throws -> Void
    ) async throws {
        let configuration = ServerConfiguration(
            storeDirectory: storeDirectory, address: ListenAddress(host: "127.0.0.1", port: 0),
            demoPassword: MemoryServer.password, threads: 2)
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let (addresses, ready) = AsyncStream.makeStream(of: ListenAddress.self)
        let server = try MailServer(configuration, logger: logger) { ready.yield($0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [server], logger: logger))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { ready.finish() }
                try await group.run()
            }
            var failure: (any Error)?
            for await address in addresses {
                do {
                    try await blockingThreads.runIfActive { try body(address.port, server.store) }
                } catch {
                    failure = error
                }
                await group.triggerGracefulShutdown()
            }
            try await tasks.waitForAll()
            if let failure { throw failure }
        }
    }
}
