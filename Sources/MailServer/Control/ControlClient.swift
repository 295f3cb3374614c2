import Glibc

/// Asks a running server. Blocks: for tools.
package enum ControlClient {
    package enum Failure: Error, CustomStringConvertible {
        /// No server has the store open.
        case noServer(String)
        case broken(String)

        package var description: String {
            switch self {
            case .noServer(let directory): "no server runs on the store \(directory)"
            case .broken(let reason): "the server does not answer: \(reason)"
            }
        }
    }

    /// - Returns: the lines of the answer, of which the first is about the server.
    package static func ask(_ request: String, store directory: String) throws(Failure) -> [String]
    {
        let descriptor = try connect(to: ControlSocket.path(ofStore: directory), directory)
        defer { close(descriptor) }
        let line = request + "\n"
        guard send(descriptor, line, line.utf8.count, Int32(MSG_NOSIGNAL)) == line.utf8.count,
            shutdown(descriptor, Int32(SHUT_WR)) == 0
        else { throw broken() }
        var answer: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = recv(descriptor, &piece, piece.count, 0)
            if count == 0 { break }
            guard count > 0 else { throw broken() }
            answer += piece[..<count]
        }
        return answer.split(separator: UInt8(ascii: "\n")).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private static func connect(
        to path: String, _ directory: String
    ) throws(Failure) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let fits = withUnsafeMutableBytes(of: &address.sun_path) { place in
            guard path.utf8.count < place.count else { return false }
            place.copyBytes(from: path.utf8)
            return true
        }
        guard fits else { throw .broken("\(path) is too long for a socket") }
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        guard descriptor >= 0 else { throw broken() }
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            close(descriptor)
            if code == ENOENT || code == ECONNREFUSED { throw .noServer(directory) }
            throw .broken(String(cString: strerror(code)))
        }
        return descriptor
    }

    private static func broken() -> Failure { .broken(String(cString: strerror(errno))) }
}
