/// Very many connections at rest: logged in, a small mailbox selected, in IDLE.
///
/// One operation is one connection brought that far, 64 at once; what is looked at is the server's
/// memory, as a whole and for each connection. Ten connections share an account.
struct RestingProfile: Profile {
    let name = "resting"
    let about = "10,000 connections in IDLE: what they take in memory"

    private static let connections = 10_000
    private static let connectionsOfAccount = 10
    private static let atOnce = 64
    private static let letters = 3
    /// How long the server may put things in order before its memory is looked at.
    private static let settlingPauses = 8.0

    private func count(_ bench: Bench) -> Int {
        bench.settings.scaled(RestingProfile.connections, least: 10)
    }

    private func accounts(_ bench: Bench) -> Range<Int> {
        AccountNumbers.resting.prefix((count(bench) + 9) / RestingProfile.connectionsOfAccount)
    }

    func prepare(_ bench: Bench) throws {
        try requireOpenFiles(count(bench) + 100)
        try bench.inAccounts(accounts(bench)) { dialogue in
            let found = try dialogue.status(of: "INBOX")?.messages ?? 0
            guard found < RestingProfile.letters else { return }
            try dialogue.fill(
                FillClient(
                    mailbox: "INBOX", letters: Letters(size: 2048),
                    numbers: found + 1...RestingProfile.letters))
        }
    }

    func measure(_ bench: Bench) throws -> Measurement {
        let accounts = accounts(bench)
        let places = (0..<count(bench)).map { index in
            let number = accounts.lowerBound + index % accounts.count
            return Place(account: bench.accounts[number], mailbox: "INBOX")
        }
        let start = monotonicNanoseconds()
        bench.watch.startProcessorTime()
        var latency = LatencyHistogram()
        let sessions = try bench.open(places, atOnce: RestingProfile.atOnce) { session in
            latency.record(monotonicNanoseconds() - session.startedAt)
        }
        defer { bench.close(sessions) }
        let watchers = try startIdle(sessions, bench)
        let seconds = Double(monotonicNanoseconds() - start) / 1e9
        bench.watch.stopProcessorTime()
        let settling = RestingProfile.settlingPauses * bench.settings.pauseSeconds
        try bench.loop.run(until: monotonicNanoseconds() + UInt64(settling * 1e9))
        bench.watch.sample()
        guard watchers.allSatisfy(\.isIdling), sessions.allSatisfy(\.isOpen) else {
            throw LoadFailure("not all \(sessions.count) connections stayed")
        }
        return measurement(latency, seconds, bench)
    }

    private func startIdle(_ sessions: [Session], _ bench: Bench) throws -> [WatchingClient] {
        bench.loop.isIssuing = false
        let watchers = sessions.map { _ in WatchingClient(nil) }
        var idling = 0
        for (session, watcher) in zip(sessions, watchers) {
            session.client = watcher
            try session.start()
            // Not all at once: the server's backlog of wake-ups is not what is measured.
            if idling % RestingProfile.atOnce == 0 {
                try bench.loop.run(waitingFor: "IDLE") { watcher.isIdling }
            }
            idling += 1
        }
        try bench.loop.run(waitingFor: "all to be in IDLE") { watchers.allSatisfy(\.isIdling) }
        return watchers
    }

    private func measurement(
        _ latency: LatencyHistogram, _ seconds: Double, _ bench: Bench
    ) -> Measurement {
        let connections = Double(count(bench))
        var measurement = Measurement(
            profile: name, parameters: [("connections", connections)],
            operations: Int(latency.count), seconds: seconds, latency: latency)
        measurement.processorMicroseconds = bench.watch.processorMicroseconds
        guard let before = bench.watch.baseline, let during = bench.watch.peak else {
            return measurement
        }
        measurement.bytesPerConnection =
            Double(during.proportional - before.proportional) / connections
        measurement.extra.append(
            (
                "anonymousBytesPerConnection",
                Double(during.anonymous - before.anonymous) / connections
            ))
        return measurement
    }
}
