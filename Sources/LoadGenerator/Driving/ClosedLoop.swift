/// Has sessions do operations one after the other for a while, and records those that end in it.
///
/// Each session has one operation under way. A short time before the measurement is not counted: the
/// server's caches and ours fill. Operations that are under way at the end are waited for, uncounted.
struct ClosedLoop {
    let profile: String
    let bench: Bench

    private final class Recorder {
        var isRecording = false
        var latency = LatencyHistogram()
    }

    /// - Parameters:
    ///   - sessions: open, each with its client.
    ///   - begin: how a session is set to work.
    func measure(
        _ sessions: [Session], begin: (Session) throws -> Void = { try $0.start() }
    ) throws -> Measurement {
        let recorder = Recorder()
        let loop = bench.loop
        loop.completed = { session in
            guard recorder.isRecording else { return }
            recorder.latency.record(monotonicNanoseconds() - session.startedAt)
        }
        loop.ticked = { [watch = bench.watch] in watch.sampleIfDue(now: $0) }
        defer {
            loop.completed = nil
            loop.ticked = nil
        }
        loop.isIssuing = true
        for session in sessions { try begin(session) }
        try loop.run(until: monotonicNanoseconds() + nanoseconds(bench.settings.seconds / 6))
        let seconds = try record(recorder)
        loop.isIssuing = false
        try loop.run(waitingFor: "the last answers") { loop.busySessions == 0 }
        return measurement(recorder.latency, seconds: seconds, connections: sessions.count)
    }

    private func record(_ recorder: Recorder) throws -> Double {
        bench.watch.startProcessorTime()
        let start = monotonicNanoseconds()
        recorder.isRecording = true
        try bench.loop.run(until: start + nanoseconds(bench.settings.seconds))
        recorder.isRecording = false
        let seconds = Double(monotonicNanoseconds() - start) / 1e9
        bench.watch.stopProcessorTime()
        bench.watch.sample()
        return seconds
    }

    private func measurement(
        _ latency: LatencyHistogram, seconds: Double, connections: Int
    ) -> Measurement {
        var measurement = Measurement(
            profile: profile, parameters: [("connections", Double(connections))],
            operations: Int(latency.count), seconds: seconds, latency: latency)
        measurement.processorMicroseconds = bench.watch.processorMicroseconds
        return measurement
    }

    private func nanoseconds(_ seconds: Double) -> UInt64 { UInt64(seconds * 1e9) }
}
