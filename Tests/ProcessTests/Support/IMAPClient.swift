import Glibc

/// A small IMAP client over a blocking socket, with a deadline for every wait.
///
/// Used by one thread. Independent of the server's codec: what it reads is read by rules written
/// down once more in `IMAPResponse`.
final class IMAPClient {
    private let socket: Int32
    private var buffer: [UInt8] = []
    private var position = 0
    private var tagCount = 0
    /// Every wait ends after this long.
    let patienceSeconds: Double
    private(set) var greeting = IMAPResponse(bytes: [])

    init(port: UInt16, patienceSeconds: Double = 20) throws {
        self.patienceSeconds = patienceSeconds
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let status = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard status == 0 else {
            throw ProcessFailure("cannot connect: \(String(cString: strerror(errno)))")
        }
        var on: Int32 = 1
        setsockopt(
            socket, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        greeting = try response()
    }

    deinit { close(socket) }

    /// Sends a command and waits for its answer.
    func command(_ pieces: Piece...) throws -> IMAPAnswer { try answer(to: send(pieces)) }

    /// Sends a command without waiting; literals do not wait either (RFC 7888).
    ///
    /// - Returns: its tag.
    func send(_ pieces: [Piece]) throws -> String {
        tagCount += 1
        let tag = "t\(tagCount)"
        var bytes = Array("\(tag) ".utf8)
        for piece in pieces { bytes += piece.bytes }
        try sendRaw(bytes + [13, 10])
        return tag
    }

    func sendRaw(_ bytes: [UInt8]) throws {
        let deadline = Deadline(seconds: patienceSeconds)
        var sent = 0
        while sent < bytes.count {
            let count = bytes[sent...].withUnsafeBytes {
                Glibc.send(
                    socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
            }
            if count > 0 {
                sent += count
            } else if errno == EAGAIN {
                try wait(for: POLLOUT, deadline)
            } else {
                throw ProcessFailure("cannot send: \(String(cString: strerror(errno)))")
            }
        }
    }

    /// Reads until the tagged response; a BYE or a closed connection is thrown.
    func answer(to tag: String) throws -> IMAPAnswer {
        var untagged: [IMAPResponse] = []
        while true {
            let next = try response()
            if next.text.hasPrefix("\(tag) ") {
                return IMAPAnswer(untagged: untagged, tagged: next.text)
            }
            untagged.append(next)
            if next.text.hasPrefix("* BYE") { throw Bye(text: next.text) }
        }
    }

    /// The next response with its literals, without the CRLF at its end.
    func response(seconds: Double? = nil) throws -> IMAPResponse {
        let deadline = Deadline(seconds: seconds ?? patienceSeconds)
        var bytes: [UInt8] = []
        while true {
            let line = try self.line(deadline)
            bytes += line
            guard let count = IMAPResponse.literalLength(atEndOf: line) else {
                return IMAPResponse(bytes: bytes)
            }
            bytes += [13, 10]
            bytes += try take(count, deadline)
        }
    }

    private func line(_ deadline: Deadline) throws -> ArraySlice<UInt8> {
        var searched = position
        while true {
            if let end = buffer[searched...].firstIndex(of: 10), end > position {
                defer { position = end + 1 }
                guard buffer[end - 1] == 13 else {
                    throw ProcessFailure("a line ends in a bare LF")
                }
                return buffer[position..<(end - 1)]
            }
            let kept = buffer.count - position
            try fill(deadline)
            searched = position + kept
        }
    }

    private func take(_ count: Int, _ deadline: Deadline) throws -> ArraySlice<UInt8> {
        while buffer.count - position < count { try fill(deadline) }
        defer { position += count }
        return buffer[position..<(position + count)]
    }

    /// Waits for more bytes.
    private func fill(_ deadline: Deadline) throws {
        if position > 0 {
            buffer.removeFirst(position)
            position = 0
        }
        try wait(for: POLLIN, deadline)
        let count = withUnsafeTemporaryAllocation(byteCount: 65536, alignment: 1) { chunk in
            let count = recv(socket, chunk.baseAddress, chunk.count, 0)
            if count > 0 { buffer += chunk[..<count] }
            return count
        }
        guard count > 0 else { throw ProcessFailure("the server closed the connection") }
    }

    private func wait(for event: Int32, _ deadline: Deadline) throws {
        var wait = pollfd(fd: socket, events: Int16(event), revents: 0)
        guard poll(&wait, 1, deadline.milliseconds) > 0 else {
            throw ProcessFailure("nothing from the server for \(patienceSeconds) s")
        }
    }

    /// The server said goodbye before it answered.
    struct Bye: Error { let text: String }

    /// A part of a command.
    enum Piece: ExpressibleByStringInterpolation {
        case text(String)
        case literal([UInt8])

        init(stringLiteral value: String) { self = .text(value) }

        var bytes: [UInt8] {
            switch self {
            case .text(let text): Array(text.utf8)
            case .literal(let bytes): Array("{\(bytes.count)+}\r\n".utf8) + bytes
            }
        }
    }
}

/// What a command was answered.
struct IMAPAnswer {
    let untagged: [IMAPResponse]
    /// Without its CRLF.
    let tagged: String

    var condition: Substring { tagged.split(separator: " ", maxSplits: 2).dropFirst().first ?? "" }
    var isOK: Bool { condition == "OK" }

    /// The words of a response code: APPENDUID, COPYUID and others, from the tagged line or, as MOVE
    /// has it, from an untagged OK.
    func code(_ name: String) -> [String]? {
        for text in [tagged] + untagged.map(\.text) {
            guard let start = text.firstRange(of: "[\(name) "),
                let end = text[start.upperBound...].firstIndex(of: "]")
            else { continue }
            return text[start.upperBound..<end].split(separator: " ").map(String.init)
        }
        return nil
    }
}
