import NIOCore
import NIOPosix
import NIOSSL

/// A connection that carries bytes out and whole responses in; it knows nothing of commands.
final class Connection: Sendable {
    private let address: ServerAddress
    private let channel: any Channel
    private let inbox: Inbox

    private static let connectTimeout = TimeAmount.seconds(10)

    private init(_ address: ServerAddress, _ channel: any Channel, _ inbox: Inbox) {
        self.address = address
        self.channel = channel
        self.inbox = inbox
    }

    /// - Throws: `ConnectionProblem` when nobody listens there. Whether TLS works shows with the first response.
    static func open(_ address: ServerAddress) async throws -> Connection {
        let inbox = Inbox()
        let bootstrap = ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connectTimeout(connectTimeout)
            .channelOption(ChannelOptions.tcpOption(.tcp_nodelay), value: 1)
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    let pipeline = channel.pipeline.syncOperations
                    if address.protection == .tls {
                        try pipeline.addHandler(tlsHandler(for: address))
                    }
                    try pipeline.addHandler(InboxHandler(inbox))
                }
            }
        do {
            let channel = try await bootstrap.connect(host: address.host, port: address.port).get()
            return Connection(address, channel, inbox)
        } catch {
            throw ConnectionProblem.connecting(to: address, error)
        }
    }

    /// Puts TLS between the connection and all that follows.
    func startTLS() async throws {
        let (channel, address) = (channel, address)
        try await channel.eventLoop.submit {
            try channel.pipeline.syncOperations.addHandler(
                Connection.tlsHandler(for: address), position: .first)
        }.get()
    }

    /// A connection that is gone is no error here: the next response is its end.
    func send(_ bytes: [UInt8]) async {
        try? await channel.writeAndFlush(ByteBuffer(bytes: bytes)).get()
    }

    /// - Returns: nil when nothing came in time.
    func next(within time: TimeAmount) async throws -> Inbox.Arrival? {
        try await inbox.next(within: time, on: channel.eventLoop)
    }

    func close() async { try? await channel.close().get() }

    private static func tlsHandler(for address: ServerAddress) throws -> NIOSSLClientHandler {
        var configuration = TLSConfiguration.makeClientConfiguration()
        if !address.verifiesCertificate { configuration.certificateVerification = .none }
        let context = try NIOSSLContext(configuration: configuration)
        // Names only: an address is no server name (RFC 6066 §3).
        let isAddress = (try? SocketAddress(ipAddress: address.host, port: 0)) != nil
        return try NIOSSLClientHandler(
            context: context, serverHostname: isAddress ? nil : address.host)
    }
}

extension ConnectionProblem {
    static func connecting(to address: ServerAddress, _ error: any Error) -> ConnectionProblem {
        let place = "\(address.host):\(address.port)"
        switch error {
        case let error as NIOConnectionError where error.dnsAError != nil:
            return ConnectionProblem("no host is called \(address.host)")
        case let error as NIOConnectionError:
            let reason = error.connectionErrors.first.map { "\($0.error)" } ?? "no address"
            return ConnectionProblem("cannot connect to \(place): \(reason)")
        default: return ConnectionProblem("cannot connect to \(place): \(error)")
        }
    }

    /// Why a connection ended before its greeting.
    static func ended(_ address: ServerAddress, _ error: (any Error)?) -> ConnectionProblem {
        let place = "\(address.host):\(address.port)"
        guard let error else {
            return ConnectionProblem("\(place) closed the connection without a greeting")
        }
        guard address.protection != .none else {
            return ConnectionProblem("the connection to \(place) broke: \(error)")
        }
        let text = "\(error)"
        if text.contains("CERTIFICATE_VERIFY_FAILED") || text.contains("unableToValidate") {
            return ConnectionProblem(
                "the certificate of \(place) is not valid for it: use --insecure to go on anyway")
        }
        if text.contains("WRONG_VERSION_NUMBER") || text.contains("INVALID") {
            return ConnectionProblem(
                "\(place) does not speak TLS: leave --tls out, or try --starttls")
        }
        return ConnectionProblem("TLS with \(place) failed: \(text)")
    }
}
