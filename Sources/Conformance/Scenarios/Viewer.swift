/// Client 2, which has a mailbox open that client 1 deletes or renames.
struct Viewer {
    let client: Client
    let opened: OpenedMailbox

    /// How many letters are in its mailbox.
    static let count = 4
    /// So long may it take until a server disconnects on its own.
    private static let patienceMilliseconds: Int64 = 1500

    static func open(_ mailbox: String, on stage: Stage) async throws -> Viewer {
        let client = try await stage.client(2)
        return Viewer(client: client, opened: try await client.openAndLearn(mailbox))
    }

    /// Whether the connection ends while the client asks nothing.
    func endsUnasked() async throws -> Bool {
        try await client.listen(milliseconds: Viewer.patienceMilliseconds)
        return !client.isOpen
    }

    /// FETCH, STORE, SEARCH and COPY, and whether each got what it asked for.
    func attempts(copying: Bool, on stage: Stage) async throws
        -> [(exchange: Exchange, isServed: Bool)]
    {
        let fetch = try await client.run("FETCH 2:4 (UID BODY.PEEK[])")
        let store = try await client.run("STORE 1 +FLAGS (\\Flagged)")
        let search = try await client.run("SEARCH ALL")
        var attempts = [
            (fetch, fetch.isOK && Viewer.holdsLetters(fetch, 2...4)),
            (store, store.isOK && store.fetched[1]?["FLAGS"] != nil),
            (search, search.isOK && search.found == Array(1...UInt32(Viewer.count))),
        ]
        if copying {
            let destination = try await stage.makeMailbox("copies")
            let copy = try await client.run("COPY 1:2 \(quoted(destination))")
            let letters = try await stage.client(3).contents(of: destination).map(\.letter)
            attempts.append((copy, copy.isOK && letters == [1, 2]))
        }
        return attempts
    }

    /// Whether it still sees its own messages, and nothing of a new mailbox.
    func isUndisturbed() async throws -> Bool {
        let noop = try await client.run("NOOP")
        let fetch = try await client.run("FETCH 1:3 (UID BODY.PEEK[])")
        return noop.isOK && noop.expunged.isEmpty && noop.responses(named: "EXISTS").isEmpty
            && fetch.isOK && Viewer.holdsLetters(fetch, 1...3)
    }

    static func holdsLetters(_ fetch: Exchange, _ numbers: ClosedRange<Int>) -> Bool {
        let fetched = fetch.fetched
        return numbers.allSatisfy { number in
            fetched[number]?["BODY[]"].flatMap { Letter.number(in: $0.allText) } == number
        }
    }
}
