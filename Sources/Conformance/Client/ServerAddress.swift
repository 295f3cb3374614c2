/// Where a server listens, and how a connection to it is protected.
package struct ServerAddress: Sendable {
    package enum Protection: Sendable {
        case none
        /// TLS from the first byte (RFC 8314 §3.2).
        case tls
        /// TLS after the command STARTTLS (RFC 3501 §6.2.1).
        case startTLS
    }

    package let host: String
    package let port: Int
    package let protection: Protection
    /// Whether the certificate must be valid and for this host.
    package let verifiesCertificate: Bool

    package init(
        host: String, port: Int, protection: Protection = .none, verifiesCertificate: Bool = true
    ) {
        self.host = host
        self.port = port
        self.protection = protection
        self.verifiesCertificate = verifiesCertificate
    }
}

/// An account of the server, with its password.
package struct Credentials: Sendable {
    package let user: String
    package let password: String

    package init(user: String, password: String) {
        self.user = user
        self.password = password
    }
}

/// Why there is no session with the server, in words for who runs the kit.
package struct ConnectionProblem: Error, CustomStringConvertible, Sendable {
    package let description: String

    init(_ description: String) { self.description = description }
}
