import Glibc
import IMAPSession
import NIOCore
import NIOPosix
import Synchronization

/// Accepts connections and gives each its handler.
final class IMAPListener: Sendable {
    /// The kernel's queue of connections not yet accepted.
    private static let backlog: Int32 = 1024

    private let services: ServerServices
    private let loops: ConnectionLoops
    /// Session numbers of one start: the epoch's, so that no other start has them.
    private let firstID: UInt64
    private let count = Atomic<UInt64>(0)

    init(_ services: ServerServices, loops: ConnectionLoops, epoch: UInt64) {
        self.services = services
        self.loops = loops
        firstID = epoch &* 1_000_000_000
    }

    func bind(to address: SocketAddress, group: any EventLoopGroup) async throws -> any Channel {
        let buffers = services.configuration.buffers
        let waterMark = ChannelOptions.Types.WriteBufferWaterMark(
            low: buffers.outputLowWaterBytes, high: buffers.outputHighWaterBytes)
        let pause = services.configuration.timeouts.acceptPause
        let logger = services.logger
        var bootstrap = ServerBootstrap(group: group)
            .serverChannelOption(.backlog, value: IMAPListener.backlog)
            .serverChannelOption(.socketOption(.so_reuseaddr), value: 1)
            .serverChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        AcceptPause(pause, logger: logger))
                }
            }
            .childChannelOption(.autoRead, value: false)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.writeBufferWaterMark, value: waterMark)
            .childChannelOption(
                .recvAllocator,
                value: AdaptiveRecvByteBufferAllocator(minimum: 512, initial: 512, maximum: 65_536)
            )
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(self.makeConnection(channel))
                }
            }
        for (option, value) in IMAPListener.socketOptions {
            bootstrap = bootstrap.childChannelOption(option, value: value)
        }
        return try await bootstrap.bind(to: address).get()
    }

    private func makeConnection(_ channel: any Channel) -> IMAPConnection {
        let peer = channel.remoteAddress
        let id = firstID &+ count.add(1, ordering: .relaxed).newValue
        let context = SessionContext(
            store: services.store, sessionID: id, remoteAddress: peer?.text ?? "",
            allowsPlaintextLogin: channel.staysOnThisMachine,
            createsAccounts: services.configuration.demoPassword != nil,
            limits: services.configuration.sessionLimits,
            serverVersion: services.configuration.version)
        return IMAPConnection(
            context, id: id, address: peer?.ipAddress ?? "", loop: loops.loop(of: channel.eventLoop)
        )
    }

    /// A vanished peer is found out after 120 s + 4 × 30 s, or, while something waits to be sent to it,
    /// after 120 s (F14). Without TCP_NODELAY an answer waits for the client's acknowledgement of
    /// the one before, 40 ms.
    private static let socketOptions: [(ChannelOptions.Types.SocketOption, Int)] = [
        (.tcpOption(.tcp_nodelay), 1),
        (.socketOption(.so_keepalive), 1),
        (.tcpOption(.init(rawValue: TCP_KEEPIDLE)), 120),
        (.tcpOption(.init(rawValue: TCP_KEEPINTVL)), 30),
        (.tcpOption(.init(rawValue: TCP_KEEPCNT)), 4),
        (.tcpOption(.init(rawValue: TCP_USER_TIMEOUT)), 120_000),
    ]
}

extension Channel {
    /// Whether both ends have loopback addresses, wherever the server listens. An end whose address is
    /// not known counts as elsewhere.
    fileprivate var staysOnThisMachine: Bool {
        localAddress?.isLoopback == true && remoteAddress?.isLoopback == true
    }
}
