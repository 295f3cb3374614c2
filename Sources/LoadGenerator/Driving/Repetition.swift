/// Repeats one long operation over one connection: at least three times, and for the time of a
/// measurement.
///
/// The first time is not counted, unless it alone took as long as a measurement: then it is enough.
struct Repetition {
    let profile: String
    let bench: Bench

    private static let leastOperations: UInt64 = 3

    /// - Parameter session: open, with its client.
    func measure(_ session: Session) throws -> Measurement {
        let limit = UInt64(bench.settings.seconds * 1e9)
        let loop = bench.loop
        loop.isIssuing = false
        loop.ticked = { [watch = bench.watch] in watch.sampleIfDue(now: $0) }
        defer { loop.ticked = nil }
        var latency = LatencyHistogram()
        bench.watch.startProcessorTime()
        let first = try time(session)
        if first >= limit {
            latency.record(first)
        } else {
            bench.watch.startProcessorTime()
            while latency.sum < limit || latency.count < Repetition.leastOperations {
                latency.record(try time(session))
            }
        }
        return measurement(latency)
    }

    /// The same, exactly once: for what is only cold the first time.
    func measureOnce(_ session: Session) throws -> Measurement {
        bench.loop.isIssuing = false
        var latency = LatencyHistogram()
        bench.watch.startProcessorTime()
        latency.record(try time(session))
        return measurement(latency)
    }

    private func measurement(_ latency: LatencyHistogram) -> Measurement {
        bench.watch.stopProcessorTime()
        bench.watch.sample()
        var measurement = Measurement(
            profile: profile, parameters: [("connections", 1)], operations: Int(latency.count),
            seconds: Double(latency.sum) / 1e9, latency: latency)
        measurement.processorMicroseconds = bench.watch.processorMicroseconds
        return measurement
    }

    private func time(_ session: Session) throws -> UInt64 {
        let start = monotonicNanoseconds()
        try session.start()
        try bench.loop.run(waitingFor: "the answer to \(session.command)") { !session.isBusy }
        return monotonicNanoseconds() - start
    }
}
