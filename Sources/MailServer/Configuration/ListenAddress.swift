import NIOCore

/// Where to listen: `HOST:PORT`, `[::1]:PORT`. Port 0 lets the system choose.
package struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    package let host: String
    package let port: Int

    package init(host: String, port: Int) {
        self.host = host
        self.port = port
    }

    /// - Returns: nil when the text is not of the form, or the port above 65535.
    package init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        var host = text[..<colon]
        if host.first == "[", host.last == "]" {
            host = host.dropFirst().dropLast()
        } else if host.contains(":") {
            return nil
        }
        guard !host.isEmpty else { return nil }
        self.init(host: String(host), port: Int(port))
    }

    package var description: String {
        host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }
}

extension SocketAddress {
    /// Whether nothing sent to it leaves this machine: 127/8, ::1, and 127/8 in IPv6 clothes.
    package var isLoopback: Bool {
        guard let text = ipAddress else { return true }
        return text.hasPrefix("127.") || text == "::1" || text.hasPrefix("::ffff:127.")
    }

    /// `192.0.2.7:50123`, `[2001:db8::1]:50123`.
    package var text: String {
        ListenAddress(host: ipAddress ?? "?", port: port ?? 0).description
    }
}
