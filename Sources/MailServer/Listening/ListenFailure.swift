import Glibc
import NIOCore

/// Why an address cannot be listened on, in words for whoever starts a server.
struct ListenFailure: Error, CustomStringConvertible {
    let description: String

    private init(_ description: String) { self.description = description }

    init(errno code: CInt) {
        description =
            switch code {
            case EADDRINUSE: "another program listens there; name another port with --listen"
            case EACCES: "only root may listen on this port; name one above 1023 with --listen"
            case EADDRNOTAVAIL: "this machine has no such address"
            default: String(cString: strerror(code))
            }
    }

    /// What NIO threw as it bound a socket.
    init(_ error: any Error) {
        guard let error = error as? IOError else {
            self.init("\(error)")
            return
        }
        self.init(errno: error.errnoCode)
    }
}

extension SocketAddress {
    /// Binds a socket, and lets go of it: finds out whether a server could, before it makes a store.
    func probe() throws(ListenFailure) {
        let family =
            switch self {
            case .v4: AF_INET
            case .v6: AF_INET6
            case .unixDomainSocket: AF_UNIX
            }
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | O_CLOEXEC, 0)
        guard descriptor >= 0 else { throw ListenFailure(errno: errno) }
        defer { close(descriptor) }
        // As the listener will: connections of a server before, still winding up, do not count.
        var on: CInt = 1
        setsockopt(
            descriptor, SOL_SOCKET, SO_REUSEADDR, &on, socklen_t(MemoryLayout<CInt>.size))
        let code = withSockAddr { address, size in
            Glibc.bind(descriptor, address, socklen_t(size)) == 0 ? 0 : errno
        }
        guard code == 0 else { throw ListenFailure(errno: code) }
    }
}
