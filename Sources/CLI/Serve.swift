import ArgumentParser
import Foundation
import Glibc
import Logging
import MailServer
import ServiceLifecycle
import UnixSignals

/// `hindsight serve`.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Serve a store by IMAP until SIGTERM or SIGINT.",
        discussion: """
            The store is made when it is missing. When clients can connect, one line on stdout says \
            so, with the port; logs go to stderr. Passwords are taken from clients on this machine \
            only, for there is no TLS yet.

            Exit status: 0 after SIGTERM or SIGINT, 2 when the server could not start or the store \
            could not be written any more, 64 for wrong arguments.
            """)

    @OptionGroup var location: StoreLocation

    @Option(help: "Where to listen, as HOST:PORT; port 0 takes a free one.")
    var listen: ListenAddress = ListenAddress(host: "127.0.0.1", port: 1143)

    @Option(
        help: """
            For trying out: any account name gets in with this password and is made at its first \
            login. Loopback only.
            """)
    var demoPassword: String?

    @Option(
        help: ArgumentHelp(
            "The configuration file; by default hindsight.yaml in the store, if it is there.",
            valueName: "file"))
    var config: String?

    @Option(help: "Event loops; by default one for each core.")
    var threads: Int?

    @Option(help: "How much to log: trace, debug, info, notice, warning, error or critical.")
    var logLevel: Logger.Level = .info

    func validate() throws {
        if let threads, !(1...256).contains(threads) {
            throw ValidationError("--threads takes 1 to 256.")
        }
    }

    func run() async throws {
        // S30: what the server makes is nobody else's.
        umask(0o077)
        raiseDescriptorLimit()
        let logger = makeLogger()
        do {
            let directory = location.directory
            let configuration = try configuration()
            let server = try MailServer(configuration, logger: logger) { address in
                print("hindsight: ready on \(address), store \(directory)")
                fflush(nil)
            }
            let group = ServiceGroup(
                services: [server], gracefulShutdownSignals: [.sigterm, .sigint], logger: logger)
            try await group.run()
        } catch {
            Terminal.complain("\(error)")
            throw ExitCode.couldNot
        }
    }

    private func configuration() throws -> ServerConfiguration {
        var configuration = ServerConfiguration(
            storeDirectory: location.directory, address: listen, demoPassword: demoPassword,
            threads: threads ?? max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))))
        let path = config ?? location.directory + "/" + ConfigurationFile.name
        if config != nil || access(path, F_OK) == 0 {
            guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
                throw Failure("the configuration file \(path) cannot be read")
            }
            configuration.adopt(try ConfigurationFile(parsing: text, path: path))
        }
        return configuration
    }

    private func makeLogger() -> Logger {
        var logger = Logger(label: "hindsight") { StreamLogHandler.standardError(label: $0) }
        logger.logLevel = logLevel
        return logger
    }

    /// As many connections as the system lets us have.
    private func raiseDescriptorLimit() {
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return }
        limit.rlim_cur = limit.rlim_max
        // Refused: then it stays what it was.
        _ = setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }
}

extension ListenAddress: ExpressibleByArgument {
    package init?(argument: String) { self.init(argument) }
}

extension Logger.Level: @retroactive ExpressibleByArgument {}
