import Glibc

/// Where the server listens: IPv4, by number or by name.
struct ServerAddress {
    let host: String
    let port: UInt16
    private let ip: in_addr

    init(host: String, port: UInt16) throws {
        self.host = host
        self.port = port
        ip = try ServerAddress.resolve(host)
    }

    private static func resolve(_ host: String) throws -> in_addr {
        var ip = in_addr()
        if inet_pton(AF_INET, host, &ip) == 1 { return ip }
        var hints = addrinfo()
        hints.ai_family = AF_INET
        var list: UnsafeMutablePointer<addrinfo>?
        guard getaddrinfo(host, nil, &hints, &list) == 0, let first = list else {
            throw LoadFailure("there is no IPv4 address of \(host)")
        }
        defer { freeaddrinfo(list) }
        return first.pointee.ai_addr.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
            $0.pointee.sin_addr
        }
    }

    fileprivate var isLoopback: Bool { UInt32(bigEndian: ip.s_addr) >> 24 == 127 }

    fileprivate var system: sockaddr_in {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr = ip
        return address
    }
}

/// A TCP socket's file descriptor, non-blocking and without Nagle's delay.
enum Socket {
    /// Starts to connect; the socket becomes writable when it is done.
    ///
    /// - Parameter source: on loopback, which of the addresses 127.0.0.1…4 to come from: one address
    ///   has about 28,000 ports only.
    static func connect(to server: ServerAddress, source: Int) throws -> Int32 {
        let descriptor = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0
        )
        guard descriptor >= 0 else { throw LoadFailure(call: "socket", errno: errno) }
        setOption(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY)
        if server.isLoopback { try bind(descriptor, toLoopback: source % 4 + 1) }
        var address = server.system
        let status = withSystemAddress(&address) { Glibc.connect(descriptor, $0, $1) }
        guard status == 0 || errno == EINPROGRESS else {
            let code = errno
            close(descriptor)
            throw LoadFailure(call: "connecting to \(server.host):\(server.port)", errno: code)
        }
        return descriptor
    }

    /// Listens on 127.0.0.1.
    ///
    /// - Returns: the socket, and its port if `port` was 0.
    static func listen(onPort port: UInt16) throws -> (descriptor: Int32, port: UInt16) {
        let descriptor = socket(
            AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue), 0
        )
        setOption(descriptor, SOL_SOCKET, SO_REUSEADDR)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        guard withSystemAddress(&address, { Glibc.bind(descriptor, $0, $1) }) == 0,
            Glibc.listen(descriptor, 4096) == 0
        else { throw LoadFailure(call: "listening on port \(port)", errno: errno) }
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withSystemAddress(&address) { pointer, _ in getsockname(descriptor, pointer, &length) }
        return (descriptor, UInt16(bigEndian: address.sin_port))
    }

    /// The reason why a socket that became writable is not connected; 0 when it is.
    static func pendingError(_ descriptor: Int32) -> Int32 {
        var code: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &code, &length)
        return code
    }

    static func setOption(_ descriptor: Int32, _ level: Int32, _ option: Int32) {
        var on: Int32 = 1
        setsockopt(descriptor, level, option, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func bind(_ descriptor: Int32, toLoopback last: Int) throws {
        // The port is chosen at connect(), when both ends are known: else 28,000 are all there are.
        setOption(descriptor, Int32(IPPROTO_IP), IP_BIND_ADDRESS_NO_PORT)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = (UInt32(0x7F00_0000) | UInt32(last)).bigEndian
        guard withSystemAddress(&address, { Glibc.bind(descriptor, $0, $1) }) == 0 else {
            throw LoadFailure(call: "binding to 127.0.0.\(last)", errno: errno)
        }
    }

    private static func withSystemAddress<Result>(
        _ address: inout sockaddr_in,
        _ body: (UnsafeMutablePointer<sockaddr>, socklen_t) -> Result
    ) -> Result {
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
    }
}
