/// Where one scenario plays: its sessions, its scratch mailboxes, and what was said.
///
/// Used by one task at a time.
final class Stage {
    let server: KnownServer
    let record = Record()
    private let interruption: Interruption
    private var clients: [Int: Client] = [:]
    private var scratch: [String] = []

    init(server: KnownServer, interruption: Interruption) {
        self.server = server
        self.interruption = interruption
    }

    func offers(_ capability: String) -> Bool { server.capabilities.contains(capability) }

    /// The session of that number; a new one when there is none or it was cut off.
    ///
    /// - Throws: `ConnectionProblem`.
    func client(_ number: Int) async throws -> Client {
        try interruption.check()
        if let client = clients[number], client.isOpen { return client }
        let (client, _) = try await Opening.client(
            number: number, at: server.address, as: server.credentials, record: record)
        clients[number] = client
        return client
    }

    /// A name that nobody has guessed, put down for clearing away.
    func newName(_ purpose: String) -> String {
        let name = server.namespace.prefix + "\(server.token)-\(purpose)-\(randomToken(4))"
        scratch.append(name)
        return name
    }

    /// The name of a child of that mailbox, put down for clearing away; nil where there are none.
    func childName(of parent: String, _ name: String) -> String? {
        guard let separator = server.namespace.separator else { return nil }
        let child = parent + separator + name
        scratch.append(child)
        return child
    }

    /// Makes an empty mailbox.
    func makeMailbox(_ purpose: String) async throws -> String {
        let name = newName(purpose)
        try await client(1).run("CREATE \(quoted(name))").expectOK()
        return name
    }

    /// Puts letters of those numbers into a mailbox.
    func fill(_ mailbox: String, _ letters: some Sequence<Int>) async throws {
        for letter in letters {
            let text = Letter.text(letter, of: server.token)
            try await client(1).append(text, to: mailbox).expectOK()
        }
    }

    /// Ends all sessions, in any state they may be in.
    func endSessions() async {
        // A session that cannot even take its leave is none any more.
        for client in clients.values { try? await client.leave() }
        clients = [:]
    }

    /// Ends all sessions and deletes what was made, from a new session.
    ///
    /// - Returns: the mailboxes that could not be deleted.
    func clear() async -> [String] {
        await endSessions()
        let sweeper = Sweeper(server: server)
        // Children first: a parent may not go before them.
        return await sweeper.delete(scratch.reversed())
    }
}

/// What the kit knows of a server before the first scenario.
struct KnownServer: Sendable {
    let address: ServerAddress
    let credentials: Credentials
    let capabilities: Set<String>
    let namespace: PersonalNamespace
    let greeting: String
    /// What its ID says (RFC 2971), or nothing.
    let identity: String
    /// Begins every name of this run, and is in every letter.
    let token: String

    static func look(at address: ServerAddress, as credentials: Credentials) async throws
        -> KnownServer
    {
        let (client, opening) = try await Opening.client(
            number: 1, at: address, as: credentials, record: Record())
        var namespace: PersonalNamespace?
        if opening.capabilities.contains("NAMESPACE") {
            namespace = PersonalNamespace(namespace: try await client.run("NAMESPACE"))
        }
        if namespace == nil {
            namespace = PersonalNamespace(list: try await client.run("LIST \"\" \"\""))
        }
        var identity = ""
        if opening.capabilities.contains("ID") {
            let words = try await client.run("ID NIL").responses(named: "ID").first?.values
            identity = words?.first?.items?.compactMap(\.text).joined(separator: " ") ?? ""
        }
        try await client.leave()
        return KnownServer(
            address: address, credentials: credentials, capabilities: opening.capabilities,
            namespace: namespace ?? PersonalNamespace(prefix: "", separator: nil),
            greeting: opening.greeting, identity: identity, token: "conformance" + randomToken(12))
    }
}

/// Letters and digits that were drawn by chance.
func randomToken(_ count: Int) -> String {
    String((0..<count).compactMap { _ in "abcdefghijklmnopqrstuvwxyz0123456789".randomElement() })
}

/// A step that every scenario needs, and the server refused.
struct StagingProblem: Error, CustomStringConvertible {
    let description: String
}

extension Exchange {
    /// - Throws: `StagingProblem` unless the server said OK.
    @discardableResult
    func expectOK() throws -> Exchange {
        guard isOK else { throw StagingProblem(description: "\(command): \(endingText)") }
        return self
    }
}
