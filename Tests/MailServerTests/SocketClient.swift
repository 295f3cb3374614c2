import Glibc

struct SocketFailure: Error, CustomStringConvertible {
    let description: String

    init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
}

/// A client with a plain socket: it blocks, for ten seconds at most.
final class SocketClient {
    private let descriptor: Int32
    private var received: [UInt8] = []
    private var consumed = 0

    /// - Parameter host: an IPv4 address in the order of the network.
    init(
        host: in_addr_t = in_addr_t(0x7F00_0001).bigEndian, port: Int,
        receiveBufferBytes: Int32? = nil
    ) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure("socket") }
        if var bytes = receiveBufferBytes {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &bytes, 4)
        }
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        setsockopt(
            descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(
            descriptor, SOL_SOCKET, SO_SNDTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = host
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw SocketFailure("connect") }
    }

    deinit { close(descriptor) }

    func send(_ text: String) throws { try send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw SocketFailure("send") }
            sent += count
        }
    }

    /// Sends what the other side takes without waiting.
    ///
    /// - Returns: how much that was.
    func sendWithoutWaiting(_ bytes: ArraySlice<UInt8>) -> Int {
        let count = bytes.withUnsafeBytes {
            Glibc.send(
                descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
        }
        return max(0, count)
    }

    /// Whether the other side takes more within the time.
    func canSend(withinMilliseconds time: Int32) -> Bool {
        var poller = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        return poll(&poller, 1, time) > 0
    }

    /// The next line, without its end; nil at the end of the stream.
    func line() throws -> String? {
        while true {
            if let end = received[consumed...].firstIndex(of: UInt8(ascii: "\n")) {
                let line = received[consumed..<end]
                consumed = end + 1
                return String(decoding: line.last == 13 ? line.dropLast() : line, as: UTF8.self)
            }
            received.removeFirst(consumed)
            consumed = 0
            guard try receive() else { return nil }
        }
    }

    /// All lines up to the end of the stream.
    func linesToEnd() throws -> [String] {
        var lines: [String] = []
        while let line = try line() { lines.append(line) }
        return lines
    }

    /// Lines up to the first with this beginning, which is the last.
    func lines(to beginning: String) throws -> [String] {
        var lines: [String] = []
        while let line = try line() {
            lines.append(line)
            if line.hasPrefix(beginning) { return lines }
        }
        throw SocketFailure("the stream ended before \(beginning): \(lines)")
    }

    /// Sends a command and gives its answer, untagged lines first.
    @discardableResult
    func command(_ text: String) throws -> [String] {
        try send(text + "\r\n")
        return try lines(to: (text.split(separator: " ").first.map(String.init) ?? "") + " ")
    }

    func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    private func receive() throws -> Bool {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &piece, piece.count, 0)
        // A connection that was cut is over as well.
        if count == 0 || (count < 0 && errno == ECONNRESET) { return false }
        guard count > 0 else { throw SocketFailure("recv") }
        received += piece[..<count]
        return true
    }
}
