import Glibc
import Logging
import MailServer
import NIOPosix
import ServiceLifecycle

/// Tests block on sockets: on threads of their own, so that the server always has one to run on.
let blockingThreads: NIOThreadPool = {
    let pool = NIOThreadPool(numberOfThreads: 32)
    pool.start()
    return pool
}()

/// A server on a free port of 127.0.0.1, with a store in a folder that goes with it.
struct RunningServer: Sendable {
    let address: ListenAddress
    let directory: String
    let stop: @Sendable () -> Void

    /// Runs a server for as long as `body` does.
    static func run(
        _ adjust: (inout ServerConfiguration) -> Void = { _ in },
        _ body: @escaping @Sendable (RunningServer) throws -> Void
    ) async throws {
        let directory = try temporaryFolder()
        defer { system("rm -rf '\(directory)'") }
        var configuration = ServerConfiguration(
            storeDirectory: directory + "/store",
            address: ListenAddress(host: "127.0.0.1", port: 0), demoPassword: "secret", threads: 2)
        adjust(&configuration)
        let (addresses, ready) = AsyncStream.makeStream(of: ListenAddress.self)
        let server = try MailServer(configuration, logger: quiet) { ready.yield($0) }
        let group = ServiceGroup(
            configuration: ServiceGroupConfiguration(services: [server], logger: quiet))
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { ready.finish() }
                try await group.run()
            }
            for await address in addresses {
                let running = RunningServer(
                    address: address, directory: configuration.storeDirectory,
                    stop: { Task { await group.triggerGracefulShutdown() } })
                let outcome = await Result.of {
                    try await blockingThreads.runIfActive { try body(running) }
                }
                await group.triggerGracefulShutdown()
                try outcome.get()
            }
            try await tasks.waitForAll()
        }
    }

    static var quiet: Logger {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return logger
    }

    static func temporaryFolder() throws -> String {
        var template = Array("/tmp/hindsight-server-XXXXXX".utf8CString)
        guard let made = mkdtemp(&template) else { throw SocketFailure("mkdtemp") }
        return String(cString: made)
    }

    func connect(receiveBufferBytes: Int32? = nil) throws -> SocketClient {
        try SocketClient(port: address.port, receiveBufferBytes: receiveBufferBytes)
    }

    /// A client that has been greeted and has logged in.
    func login(_ user: String = "anna") throws -> SocketClient {
        let client = try connect()
        _ = try client.line()
        _ = try client.command("l LOGIN \(user) secret")
        return client
    }

    /// Asks again and again until the condition holds, for ten seconds at most.
    func eventually(_ condition: () throws -> Bool) throws -> Bool {
        let deadline = ContinuousClock.now + .seconds(10)
        while ContinuousClock.now < deadline {
            if try condition() { return true }
            usleep(5000)
        }
        return false
    }

    func who() throws -> [String] { try ControlClient.ask("who", store: directory) }
}

extension Result where Failure == any Error {
    fileprivate static func of(_ body: () async throws -> Success) async -> Self {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}
