import Glibc
import NIOCore
import NIOPosix

/// A socket in the store's folder, for its owner only, that answers questions about the server.
///
/// A request is a line: `who`. The answer is lines of JSON, of which the first says how many
/// `sessions` follow; to what is not understood it is one line with an `error`.
package enum ControlSocket {
    package static func path(ofStore directory: String) -> String { directory + "/control.sock" }

    /// Whoever holds the store's lock may remove what a crashed server left.
    static func bind(
        store directory: String, group: any EventLoopGroup, loops: ConnectionLoops,
        report: WhoReport
    ) async throws -> any Channel {
        let path = path(ofStore: directory)
        let channel = try await ServerBootstrap(group: group)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(
                        ControlConnection(loops: loops, report: report))
                }
            }
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .bind(unixDomainSocketPath: path, cleanupExistingSocketFile: true).get()
        guard chmod(path, 0o600) == 0 else {
            let code = errno
            try? await channel.close()
            throw IOError(errnoCode: code, reason: "chmod of \(path)")
        }
        return channel
    }
}

/// One asker.
private final class ControlConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private static let lineBytes = 256

    private let loops: ConnectionLoops
    private let report: WhoReport
    private var input = ByteBuffer()
    private var requestsUnderWay = 0
    private var inputEnded = false

    init(loops: ConnectionLoops, report: WhoReport) {
        self.loops = loops
        self.report = report
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var bytes = unwrapInboundIn(data)
        input.writeBuffer(&bytes)
        while let end = input.readableBytesView.firstIndex(of: UInt8(ascii: "\n")) {
            let line = input.readString(length: end - input.readerIndex) ?? ""
            input.moveReaderIndex(forwardBy: 1)
            answer(line, context)
        }
        if input.readableBytes > ControlConnection.lineBytes { context.close(promise: nil) }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard case .some(.inputClosed) = event as? ChannelEvent else { return }
        inputEnded = true
        closeWhenDone(context)
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        // The asker has gone; nobody is left to tell.
        context.close(promise: nil)
    }

    private func answer(_ line: String, _ context: ChannelHandlerContext) {
        requestsUnderWay += 1
        guard line == "who" else {
            return write([JSONText.object { $0.add("error", "the request is not known") }], context)
        }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let report = report
        loops.onEach(on: context.eventLoop) { $0.connections.values.compactMap(\.snapshot) }
            .map { report.lines($0.flatMap { $0 }) }
            .whenSuccess { lines in
                let (connection, context) = bound.value
                connection.write(lines, context)
            }
    }

    private func write(_ lines: [String], _ context: ChannelHandlerContext) {
        var buffer = ByteBuffer()
        for line in lines {
            buffer.writeString(line)
            buffer.writeInteger(UInt8(ascii: "\n"))
        }
        requestsUnderWay -= 1
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
        closeWhenDone(context)
    }

    private func closeWhenDone(_ context: ChannelHandlerContext) {
        guard inputEnded, requestsUnderWay == 0 else { return }
        let bound = NIOLoopBound(context, eventLoop: context.eventLoop)
        // Behind what was written.
        context.writeAndFlush(wrapOutboundOut(ByteBuffer())).whenComplete { _ in
            bound.value.close(promise: nil)
        }
    }
}
