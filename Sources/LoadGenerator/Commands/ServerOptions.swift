import ArgumentParser

/// Where the server is, and who its users are.
struct ServerOptions: ParsableArguments {
    @Option(help: "Where the server listens.")
    var host: String = "127.0.0.1"

    @Option(help: "Its port, without TLS.")
    var port: UInt16

    @Option(help: "What accounts are called: %d becomes a number.")
    var userPattern: String = "user%d"

    @Option(help: "The password of every account.")
    var password: String

    @Option(help: "The number that stands for the first account.")
    var firstUser: Int = 1

    @Option(
        name: .customLong("server-pid"),
        help: "The server's first process, for its CPU time and memory.")
    var serverPID: Int?

    @Option(help: "How long each profile is measured.")
    var seconds: Double = 3

    @Option(help: "Multiply mailboxes, connections and rounds by this, for a quick look.")
    var scale: Double = 1

    @Flag(help: "Profiles with a cold form: one SELECT and one FETCH only.")
    var cold = false

    func validate() throws {
        guard seconds > 0, seconds <= 3600 else { throw ValidationError("--seconds: 0...3600") }
        guard scale > 0, scale <= 10 else { throw ValidationError("--scale: 0...10") }
        guard firstUser >= 0 else { throw ValidationError("--first-user: 0 or more") }
    }

    func bench() throws -> Bench {
        raiseOpenFileLimit()
        return try Bench(
            server: ServerAddress(host: host, port: port),
            accounts: AccountPattern(pattern: userPattern, password: password, first: firstUser),
            serverPID: serverPID,
            settings: BenchSettings(seconds: seconds, scale: scale, isCold: cold))
    }
}

/// Profiles by their names.
struct ProfileArguments: ParsableArguments {
    @Argument(help: "Profiles, as `mailload profiles` lists them. Default: all but the very large.")
    var profiles: [String] = []

    func validate() throws {
        for name in profiles where Profiles.named(name) == nil {
            throw ValidationError("there is no profile \"\(name)\": see `mailload profiles`")
        }
    }

    var chosen: [any Profile] {
        guard !profiles.isEmpty else { return Profiles.all.filter { !$0.isOnlyRunWhenNamed } }
        return profiles.compactMap(Profiles.named)
    }
}
