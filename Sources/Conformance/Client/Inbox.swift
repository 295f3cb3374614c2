import NIOCore
import Synchronization

/// What comes from the server, in order, for one reader that waits with a deadline.
final class Inbox: Sendable {
    enum Arrival: Sendable {
        case response(Response)
        /// The connection ended; why, when it was not the server's own decision.
        case closed((any Error)?)
    }

    private struct State {
        var arrivals: [Arrival] = []
        var waiter: EventLoopPromise<Arrival?>?
        var end: Arrival?
    }

    // Guarded: the event loop puts arrivals in, the scenario's task takes them out.
    private let state = Mutex(State())

    func put(_ arrival: Arrival) {
        let waiter = state.withLock { state -> EventLoopPromise<Arrival?>? in
            guard state.end == nil else { return nil }
            if case .closed = arrival { state.end = arrival }
            defer { state.waiter = nil }
            if state.waiter == nil { state.arrivals.append(arrival) }
            return state.waiter
        }
        waiter?.succeed(arrival)
    }

    /// - Returns: the next arrival, or nil when none came in time. The end comes again each time.
    func next(within time: TimeAmount, on eventLoop: any EventLoop) async throws -> Arrival? {
        let promise = eventLoop.makePromise(of: Arrival?.self)
        let ready = state.withLock { state -> Arrival? in
            if !state.arrivals.isEmpty { return state.arrivals.removeFirst() }
            if let end = state.end { return end }
            state.waiter = promise
            return nil
        }
        if let ready {
            promise.succeed(ready)
            return try await promise.futureResult.get()
        }
        let timer = eventLoop.scheduleTask(in: time) { self.giveUp() }
        defer { timer.cancel() }
        return try await promise.futureResult.get()
    }

    private func giveUp() {
        let waiter = state.withLock { state -> EventLoopPromise<Arrival?>? in
            defer { state.waiter = nil }
            return state.waiter
        }
        waiter?.succeed(nil)
    }
}

/// Puts the responses of a channel into an inbox.
final class InboxHandler: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    private let inbox: Inbox
    private var reader = ResponseReader()

    init(_ inbox: Inbox) { self.inbox = inbox }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        reader.append(unwrapInboundIn(data).readableBytesView)
        while let response = reader.next() { inbox.put(.response(response)) }
        if reader.isOverfull {
            inbox.put(.closed(ConnectionProblem("a response without an end came")))
            context.close(promise: nil)
        }
    }

    func channelInactive(context: ChannelHandlerContext) {
        inbox.put(.closed(nil))
        context.fireChannelInactive()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        inbox.put(.closed(error))
        context.close(promise: nil)
    }
}
