import DequeModule
import IMAPSession
import MailboxStore
import NIOCore

/// One event loop's connections, and what they share. Used on that loop only.
///
/// Timers are one sweep a loop, not several a connection, and so is the clock: resting connections
/// cost memory only.
final class ConnectionLoop {
    let eventLoop: any EventLoop
    let services: ServerServices
    let lane: EventLoopLane
    /// As of the latest sweep: exact enough for timeouts, and free.
    private(set) var now = NIODeadline.now()
    private(set) var connections: [UInt64: IMAPConnection] = [:]
    private var spareOutput = ByteBuffer()
    private var lateNews: [IMAPConnection] = []
    private var dueNews: Deque<IMAPConnection> = []
    private var dueTurns: [IMAPConnection] = []
    private var isGivingTurns = false
    private var sweep: RepeatedTask?

    init(_ eventLoop: any EventLoop, services: ServerServices) {
        self.eventLoop = eventLoop
        self.services = services
        lane = EventLoopLane(eventLoop)
        let interval = TimeAmount(services.configuration.timeouts.sweepInterval)
        let bound = NIOLoopBound(WeakLoop(loop: self), eventLoop: eventLoop)
        sweep = eventLoop.scheduleRepeatedTask(initialDelay: interval, delay: interval) { _ in
            bound.value.loop?.sweepConnections()
        }
    }

    func add(_ connection: IMAPConnection) {
        connections[connection.id] = connection
        services.metrics.connected()
    }

    func remove(_ connection: IMAPConnection) {
        guard connections.removeValue(forKey: connection.id) != nil else { return }
        services.metrics.disconnected()
    }

    /// BYE to those of these sessions that are here.
    func evict(_ eviction: Eviction, _ sessions: Set<UInt64>) {
        for session in sessions { connections[session]?.receive(.evicted(eviction)) }
    }

    /// BYE to all.
    func sayBye() {
        for connection in Array(connections.values) { connection.receive(.shutdown) }
    }

    /// Nobody gets any more time.
    func cut() {
        for connection in Array(connections.values) { connection.cut() }
    }

    func stop() {
        sweep?.cancel()
        sweep = nil
    }

    // MARK: Out-buffers

    /// A buffer to write responses into; resting connections have none.
    func takeOutput() -> ByteBuffer {
        var buffer = spareOutput
        spareOutput = ByteBuffer()
        // Allocates only when a client has not yet taken what the buffer held.
        buffer.clear(minimumCapacity: 4096)
        return buffer
    }

    func giveBack(_ buffer: ByteBuffer) {
        if buffer.capacity > spareOutput.capacity, buffer.capacity <= 1 << 20 {
            spareOutput = buffer
        }
    }

    // MARK: Turns

    /// Longer than the event loop takes from the end of a task to the look for the next; little of what
    /// a turn takes.
    private static let turnPause = TimeAmount.microseconds(40)

    /// Gives a connection its next turn when what has come in for others has been read.
    ///
    /// Tasks that are due, also those that tasks bring, come before sockets: an event loop looks at
    /// these when none is left. So the turns are one task, and that is not due at once.
    func giveTurnLater(_ connection: IMAPConnection) {
        dueTurns.append(connection)
        if dueTurns.count == 1, !isGivingTurns { giveTurnsLater() }
    }

    private func giveTurnsLater() {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleTask(in: ConnectionLoop.turnPause) { bound.value.giveTurns() }
    }

    private func giveTurns() {
        let connections = dueTurns
        dueTurns = []
        isGivingTurns = true
        for connection in connections { connection.takeTurn() }
        isGivingTurns = false
        if !dueTurns.isEmpty { giveTurnsLater() }
    }

    // MARK: News

    /// Connections that are told before others get their turn: the answer to whoever made the news is
    /// not to wait until thousands have heard them.
    private static let newsInOneGo = 32

    /// Brings news soon, in the order of asking.
    func bringSoon(_ connection: IMAPConnection) {
        dueNews.append(connection)
        if dueNews.count == 1 { bringDueNewsLater() }
    }

    private func bringDueNewsLater() {
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.execute { bound.value.bringDueNews() }
    }

    private func bringDueNews() {
        for connection in dueNews.prefix(ConnectionLoop.newsInOneGo) { connection.pump() }
        dueNews.removeFirst(min(ConnectionLoop.newsInOneGo, dueNews.count))
        if !dueNews.isEmpty { bringDueNewsLater() }
    }

    /// Brings what follows the first news of a burst: once an interval, all connections together.
    func bringLater(_ connection: IMAPConnection) {
        lateNews.append(connection)
        guard lateNews.count == 1 else { return }
        let bound = NIOLoopBound(self, eventLoop: eventLoop)
        eventLoop.scheduleTask(in: TimeAmount(services.configuration.timeouts.newsInterval)) {
            let waiting = bound.value.lateNews
            bound.value.lateNews = []
            for connection in waiting { connection.bringLateNews() }
        }
    }

    private func sweepConnections() {
        now = .now()
        for connection in Array(connections.values) { connection.checkTime(now) }
    }

    private struct WeakLoop { weak var loop: ConnectionLoop? }
}
