import Glibc
import MailTesting

/// Plays a transcript's clients over real sockets.
final class SocketDriver: TranscriptDriver {
    private let port: Int

    init(port: Int) { self.port = port }

    func connect() throws -> any TranscriptConnection { try SocketConnection(port: port) }

    func storeChanged() {}
}

struct SocketFailure: Error, CustomStringConvertible {
    let description: String

    init(_ what: String) { description = "\(what): \(String(cString: strerror(errno)))" }
}

/// A plain socket: it blocks, for ten seconds at most.
private final class SocketConnection: TranscriptConnection {
    private var descriptor: Int32
    private var isAtEnd = false

    init(port: Int) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw SocketFailure("socket") }
        var patience = timeval(tv_sec: 10, tv_usec: 0)
        for option in [SO_RCVTIMEO, SO_SNDTIMEO] {
            setsockopt(
                descriptor, SOL_SOCKET, option, &patience,
                socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = UInt16(port).bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw SocketFailure("connect") }
    }

    deinit { drop() }

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

    func receive() throws -> [UInt8]? { try receive(flags: 0) }

    func receiveAtOnce() throws -> [UInt8] { try receive(flags: Int32(MSG_DONTWAIT)) ?? [] }

    func isClosedByServer() throws -> Bool {
        _ = try receive()
        return isAtEnd
    }

    func drop() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
    }

    func checkInvariants() {}

    /// - Returns: nil at the end of the stream, and when nothing came in time.
    private func receive(flags: Int32) throws -> [UInt8]? {
        var piece = [UInt8](repeating: 0, count: 65_536)
        let count = recv(descriptor, &piece, piece.count, flags)
        if count > 0 { return Array(piece[..<count]) }
        if count == 0 || errno == ECONNRESET {
            isAtEnd = true
            return nil
        }
        guard errno == EAGAIN else { throw SocketFailure("recv") }
        return nil
    }
}
