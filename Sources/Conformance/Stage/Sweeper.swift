/// Deletes the scratch mailboxes, with as many connections as that takes.
struct Sweeper {
    let server: KnownServer

    /// A mailbox that was in use until now may be so for a moment longer.
    private static let attempts = 5
    private static let pauseMilliseconds: Int64 = 200

    /// - Returns: the names that are still there.
    func delete(_ names: [String]) async -> [String] {
        var left = names
        for _ in 0..<Sweeper.attempts where !left.isEmpty {
            // Without a connection they are left, and named.
            guard let client = await connect() else { break }
            left = await delete(left, client)
            _ = try? await client.listen(milliseconds: left.isEmpty ? 0 : Sweeper.pauseMilliseconds)
            try? await client.leave()
        }
        return left
    }

    private func delete(_ names: [String], _ client: Client) async -> [String] {
        var left: [String] = []
        for name in names {
            let exchange = try? await client.run("DELETE \(quoted(name))")
            if exchange?.isOK == true { continue }
            if await isThere(name, client) { left.append(name) }
        }
        return left
    }

    /// Whether LIST names it; a server that does not answer is asked again.
    private func isThere(_ name: String, _ client: Client) async -> Bool {
        guard let list = try? await client.run("LIST \"\" \(quoted(name))"), list.isOK else {
            return true
        }
        return list.responses(named: "LIST").contains { response in
            // What is only a name for its children cannot be deleted, and need not be.
            let attributes =
                response.values.first?.items?.compactMap { $0.text?.lowercased() } ?? []
            return !attributes.contains("\\nonexistent") && !attributes.contains("\\noselect")
        }
    }

    private func connect() async -> Client? {
        try? await Opening.client(
            number: 1, at: server.address, as: server.credentials, record: Record()
        ).client
    }
}
