import NIOCore

/// What the server said of itself when a client came in.
struct Opening: Sendable {
    let capabilities: Set<String>
    /// The text of the greeting, for the report.
    let greeting: String

    private static let greetingTimeout = TimeAmount.seconds(10)

    /// Connects, protects the connection as told, and logs in.
    ///
    /// - Throws: `ConnectionProblem` in words for who runs the kit.
    static func client(
        number: Int, at address: ServerAddress, as credentials: Credentials, record: Record
    ) async throws -> (client: Client, opening: Opening) {
        let connection = try await Connection.open(address)
        do {
            let greeting = try await greeting(on: connection, from: address)
            // What is said until then is nobody's evidence, and holds the password.
            let client = Client(number: number, connection: connection, record: Record())
            if address.protection == .startTLS { try await startTLS(client, address) }
            // PREAUTH: the server knows already who comes (RFC 3501 §7.1.4).
            if greeting.name == "OK" { try await logIn(client, address, credentials) }
            let capabilities = try await capabilities(of: client)
            record.dialogue.add(number, .connected)
            return (
                Client(number: number, connection: connection, record: record),
                Opening(capabilities: capabilities, greeting: greeting.text)
            )
        } catch {
            await connection.close()
            throw error
        }
    }

    private static func greeting(on connection: Connection, from address: ServerAddress)
        async throws -> Response
    {
        let place = "\(address.host):\(address.port)"
        switch try await connection.next(within: greetingTimeout) {
        case .response(let response) where ["OK", "PREAUTH"].contains(response.name):
            return response
        case .response(let response):
            throw ConnectionProblem("\(place) is no IMAP server, or refuses: \(response.text)")
        case .closed(let error): throw ConnectionProblem.ended(address, error)
        case nil:
            let hint = address.protection == .none ? "; does that port want --tls?" : ""
            throw ConnectionProblem("\(place) sent no greeting within ten seconds\(hint)")
        }
    }

    private static func startTLS(_ client: Client, _ address: ServerAddress) async throws {
        let place = "\(address.host):\(address.port)"
        guard try await client.run("STARTTLS").isOK else {
            throw ConnectionProblem("\(place) has no STARTTLS: try --tls, or neither")
        }
        try await client.connection.startTLS()
        let first = try await client.run("CAPABILITY")
        guard first.isOK else {
            throw ConnectionProblem(
                "TLS with \(place) failed after STARTTLS: is the certificate valid for it? "
                    + "--insecure goes on anyway")
        }
    }

    private static func logIn(
        _ client: Client, _ address: ServerAddress, _ credentials: Credentials
    ) async throws {
        let login = "LOGIN \(quoted(credentials.user)) \(quoted(credentials.password))"
        let exchange = try await client.run(login)
        guard !exchange.isOK else { return }
        let offered = try await capabilities(of: client)
        if offered.contains("LOGINDISABLED"), address.protection == .none {
            throw ConnectionProblem(
                "the server takes passwords over TLS only: use --starttls or --tls")
        }
        throw ConnectionProblem(
            "login as \(credentials.user) failed with \(exchange.endingText): "
                + "are user and password right?")
    }

    private static func capabilities(of client: Client) async throws -> Set<String> {
        let exchange = try await client.run("CAPABILITY")
        let words = exchange.responses(named: "CAPABILITY").flatMap(\.values)
        return Set(words.compactMap { $0.text?.uppercased() })
    }
}
