/// One thing that is measured, in a file of its own. Its docstring tells what one operation is.
protocol Profile {
    /// What it is called on the command line and in reports; never changed once figures were told.
    var name: String { get }
    /// A line for people.
    var about: String { get }
    /// Takes so much time or disk that it runs only when it is named.
    var isOnlyRunWhenNamed: Bool { get }

    /// Makes the mail it reads, unless an earlier run did.
    func prepare(_ bench: Bench) throws
    /// Measures; the mail it reads is there.
    func measure(_ bench: Bench) throws -> Measurement
    /// Removes what it added, so that the next run finds what this one found.
    func tidy(_ bench: Bench) throws
}

extension Profile {
    var isOnlyRunWhenNamed: Bool { false }
    func prepare(_ bench: Bench) throws {}
    func tidy(_ bench: Bench) throws {}

    /// Prepares, measures and tidies, and looks at the server's memory at each step.
    func run(_ bench: Bench) throws -> Measurement {
        try prepare(bench)
        bench.watch.noteBaseline()
        var measurement = try measure(bench)
        try tidy(bench)
        bench.watch.noteAfter()
        measurement.baseline = bench.watch.baseline
        measurement.peak = bench.watch.peak
        measurement.after = bench.watch.after
        return measurement
    }

    /// Opens a session for each client, and measures them in a closed loop.
    func measureClosedLoop(
        _ bench: Bench, _ clients: [(place: Place, client: any Client)]
    ) throws -> Measurement {
        let sessions = try bench.open(clients.map(\.place))
        defer { bench.close(sessions) }
        for (session, client) in zip(sessions, clients) { session.client = client.client }
        return try ClosedLoop(profile: name, bench: bench).measure(sessions)
    }
}

/// Which accounts belong to whom, so that profiles do not disturb each other.
enum AccountNumbers {
    static let appends = 0..<64
    /// The mailbox of 10,000 messages that lists are fetched from.
    static let lists = 64
    static let bodies = 65
    static let selecting = 66
    static let hundredThousand = 67
    static let million = 68
    static let status = 69
    static let logins = 70..<80
    static let stores = 80..<90
    static let copies = 90..<100
    static let watching = 100
    static let churn = 101
    static let mixed = 110..<120
    static let resting = 200..<1200
}
