/// APPEND of letters of one size over several connections; one operation is one APPEND.
struct AppendProfile: Profile {
    let name: String
    let about: String
    let connections: Int
    /// Each connection has an account and a mailbox of its own, or all share one.
    let isShared: Bool
    let bytes: Int
    var isOnlyRunWhenNamed = false

    private var accounts: Range<Int> {
        AccountNumbers.appends.prefix(isShared ? 1 : connections)
    }

    func prepare(_ bench: Bench) throws {
        try bench.inAccounts(accounts) { try $0.makeAnew(name) }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let letters = NumberedLetters(size: bytes)
        let clients = (0..<connections).map { index in
            AppendClient(mailbox: name, letters: letters, client: index, of: connections)
        }
        let places = (0..<connections).map { index in
            Place(account: bench.accounts[accounts.lowerBound + index % accounts.count])
        }
        var measurement = try measureClosedLoop(bench, Array(zip(places, clients)))
        measurement.parameters.append(("bytes", Double(bytes)))
        try check(clients, bench)
        return measurement
    }

    func tidy(_ bench: Bench) throws {
        try bench.inAccounts(accounts) { try $0.execute("DELETE \(name)") }
    }

    /// Every letter that was answered with OK must be there, and no other.
    private func check(_ clients: [AppendClient], _ bench: Bench) throws {
        let all = clients.reduce(0) { $0 + $1.appended }
        for (number, client) in zip(accounts, clients) {
            let dialogue = try bench.dialogue(bench.accounts[number])
            defer { dialogue.close() }
            try dialogue.expect(isShared ? all : client.appended, in: name)
        }
    }
}

extension AppendProfile {
    static var all: [AppendProfile] {
        [
            AppendProfile(
                name: "append-serial", about: "1 connection appends letters of 4 KB",
                connections: 1, isShared: true, bytes: 4096),
            AppendProfile(
                name: "append-one-10", about: "10 connections append 4 KB to one mailbox",
                connections: 10, isShared: true, bytes: 4096),
            AppendProfile(
                name: "append-many-10", about: "10 connections append 4 KB to 10 accounts",
                connections: 10, isShared: false, bytes: 4096),
            AppendProfile(
                name: "append-many-64", about: "64 connections append 4 KB to 64 accounts",
                connections: 64, isShared: false, bytes: 4096),
            AppendProfile(
                name: "append-50k", about: "10 connections append 50 KB to 10 accounts",
                connections: 10, isShared: false, bytes: 51_200),
            AppendProfile(
                name: "append-10m", about: "10 connections append 10 MB to 10 accounts",
                connections: 10, isShared: false, bytes: 10 << 20, isOnlyRunWhenNamed: true),
        ]
    }
}
