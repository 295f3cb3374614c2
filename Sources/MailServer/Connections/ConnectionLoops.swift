import MailboxStore
import NIOCore

/// The `ConnectionLoop` of each event loop of a group.
final class ConnectionLoops: Sendable {
    private let loops: [ObjectIdentifier: NIOLoopBound<ConnectionLoop>]

    init(_ group: any EventLoopGroup, services: ServerServices) async throws {
        var loops: [ObjectIdentifier: NIOLoopBound<ConnectionLoop>] = [:]
        for eventLoop in group.makeIterator() {
            loops[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                NIOLoopBound(ConnectionLoop(eventLoop, services: services), eventLoop: eventLoop)
            }.get()
        }
        self.loops = loops
    }

    /// Call it on `eventLoop`, which must be of the group.
    func loop(of eventLoop: any EventLoop) -> ConnectionLoop {
        guard let loop = loops[ObjectIdentifier(eventLoop)] else {
            preconditionFailure("a channel runs on a loop of the group that accepted it")
        }
        return loop.value
    }

    /// What `body` gives on each loop.
    func onEach<Value: Sendable>(
        on eventLoop: any EventLoop, _ body: @escaping @Sendable (ConnectionLoop) -> Value
    ) -> EventLoopFuture<[Value]> {
        let values = loops.values.map { loop in loop.eventLoop.submit { body(loop.value) } }
        return EventLoopFuture.whenAllSucceed(values, on: eventLoop)
    }

    /// Ends sessions that must leave their mailbox: RFC 2180 §3.3. Does not wait.
    func evict(_ eviction: Eviction, _ sessions: Set<UInt64>) {
        for loop in loops.values {
            loop.eventLoop.execute { loop.value.evict(eviction, sessions) }
        }
    }

    /// How many connections there are.
    func count(on eventLoop: any EventLoop) async throws -> Int {
        try await onEach(on: eventLoop) { $0.connections.count }.get().reduce(0, +)
    }
}
