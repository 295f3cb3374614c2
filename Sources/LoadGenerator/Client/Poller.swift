import CLinux
import Glibc

/// An epoll instance: which sockets can be read from or written to.
///
/// Level-triggered; each socket is known by a number of its owner's choice.
final class Poller {
    struct Readiness {
        let number: Int
        let canRead: Bool
        let canWrite: Bool
    }

    private let descriptor: Int32
    private let events: UnsafeMutableBufferPointer<epoll_event>

    init(eventsAtOnce: Int = 512) throws {
        descriptor = epoll_create1(Int32(EPOLL_CLOEXEC))
        guard descriptor >= 0 else { throw LoadFailure(call: "epoll_create1", errno: errno) }
        events = .allocate(capacity: eventsAtOnce)
    }

    deinit {
        close(descriptor)
        events.deallocate()
    }

    func add(_ socket: Int32, number: Int, writing: Bool) throws {
        try control(EPOLL_CTL_ADD, socket, number: number, writing: writing)
    }

    func change(_ socket: Int32, number: Int, writing: Bool) throws {
        try control(EPOLL_CTL_MOD, socket, number: number, writing: writing)
    }

    /// Waits, and calls `body` for every socket that is ready.
    ///
    /// - Parameter milliseconds: how long at most; -1 for ever.
    func wait(milliseconds: Int32, _ body: (Readiness) throws -> Void) throws {
        let count = epoll_wait(descriptor, events.baseAddress, Int32(events.count), milliseconds)
        guard count >= 0 || errno == EINTR else {
            throw LoadFailure(call: "epoll_wait", errno: errno)
        }
        for index in 0..<max(0, Int(count)) {
            let event = events[index]
            // Errors and hang-ups are found by reading.
            let reading = EPOLLIN.rawValue | EPOLLERR.rawValue | EPOLLHUP.rawValue
            try body(
                Readiness(
                    number: Int(event.data.u64), canRead: event.events & reading != 0,
                    canWrite: event.events & EPOLLOUT.rawValue != 0))
        }
    }

    private func control(_ change: Int32, _ socket: Int32, number: Int, writing: Bool) throws {
        var event = epoll_event()
        event.events = EPOLLIN.rawValue | (writing ? EPOLLOUT.rawValue : 0)
        event.data.u64 = UInt64(number)
        guard epoll_ctl(descriptor, change, socket, &event) == 0 else {
            throw LoadFailure(call: "epoll_ctl", errno: errno)
        }
    }
}
