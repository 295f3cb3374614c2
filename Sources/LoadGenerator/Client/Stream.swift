import Glibc

/// A connected socket with what came in and what has yet to go out.
final class Stream {
    let descriptor: Int32
    let number: Int
    let input = ByteQueue()
    let output = ByteQueue()
    private let poller: Poller
    /// The socket takes no more for now.
    var isBlocked: Bool { awaitsWriting }
    private var awaitsWriting: Bool
    private var isOpen = true

    /// - Parameter connecting: the socket is not yet connected, which `finishConnecting` will tell.
    init(_ descriptor: Int32, number: Int, in poller: Poller, connecting: Bool) throws {
        self.descriptor = descriptor
        self.number = number
        self.poller = poller
        awaitsWriting = connecting
        try poller.add(descriptor, number: number, writing: connecting)
    }

    deinit { shut() }

    func shut() {
        guard isOpen else { return }
        isOpen = false
        close(descriptor)
    }

    /// Reads what there is.
    ///
    /// - Parameter wanted: how many bytes are known to be missing: they are made room for at once.
    /// - Returns: false when the other end has closed or reset the connection.
    func fill(wanted: Int = 0) throws -> Bool {
        let least = max(1024, min(input.count, 1 << 18), min(wanted, 1 << 24))
        let space = input.space(atLeast: least)
        let count = recv(descriptor, space.baseAddress, space.count, 0)
        if count > 0 {
            input.produced(count)
            return true
        }
        if count == 0 || errno == ECONNRESET { return false }
        guard errno == EAGAIN || errno == EINTR else {
            throw LoadFailure(call: "reading", errno: errno)
        }
        return true
    }

    /// Acknowledges what was read, now: more is to come, and there is nothing to send.
    ///
    /// A server that writes an answer in pieces with Nagle's delay on waits for this, 40 ms if we let
    /// the system take its time. That would be our doing as much as the server's.
    func acknowledge() { Socket.setOption(descriptor, Int32(IPPROTO_TCP), TCP_QUICKACK) }

    /// Writes what can be written; the rest goes out when the poller says so.
    ///
    /// A connection that is broken is not told of here: reading will find its end.
    func flush() throws {
        while !output.isEmpty {
            let bytes = output.bytes
            let count = send(descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if count > 0 {
                output.consume(count)
            } else if errno == EAGAIN {
                return try expect(writing: true)
            } else if errno == EPIPE || errno == ECONNRESET {
                return output.consume(output.count)
            } else if errno != EINTR {
                throw LoadFailure(call: "writing", errno: errno)
            }
        }
        try expect(writing: false)
    }

    private func expect(writing: Bool) throws {
        guard writing != awaitsWriting else { return }
        awaitsWriting = writing
        try poller.change(descriptor, number: number, writing: writing)
    }
}
