import Logging
import NIOCore

/// Stops accepting for a moment when there are no descriptors left: F7.
///
/// swift-nio's own back-off does not help: after a failed accept the listener still counts as wanting to
/// read, and the kernel reports it readable for ever. Only without autoRead does it leave the selector.
/// Sessions go on meanwhile, and those who connect wait in the kernel's queue.
final class AcceptPause: ChannelInboundHandler {
    typealias InboundIn = any Channel

    private let pause: TimeAmount
    private let logger: Logger
    private var isPausing = false

    init(_ pause: Duration, logger: Logger) {
        self.pause = TimeAmount(pause)
        self.logger = logger
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard error is IOError, !isPausing, let options = context.channel.syncOptions else {
            return context.fireErrorCaught(error)
        }
        isPausing = true
        logger.warning(
            "cannot accept connections, trying again", metadata: ["error": "\(error)"])
        // Fails only on a channel that is closed.
        try? options.setOption(.autoRead, value: false)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let channel = context.channel
        context.eventLoop.scheduleTask(in: pause) {
            bound.value.isPausing = false
            try? channel.syncOptions?.setOption(.autoRead, value: true)
        }
    }
}
