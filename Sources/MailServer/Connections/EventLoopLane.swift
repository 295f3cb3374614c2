import MailboxStore
import NIOCore

/// An event loop as the store knows it. One a loop, so that the answers of a batch hop once.
final class EventLoopLane: ReplyLane {
    private let eventLoop: any EventLoop

    init(_ eventLoop: any EventLoop) { self.eventLoop = eventLoop }

    func execute(_ work: @escaping @Sendable () -> Void) { eventLoop.execute(work) }
}
