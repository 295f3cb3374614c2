import Glibc

/// Prints a line for each measurement as it comes, and writes all of them as JSON in the end.
final class Report {
    private var measurements: [Measurement] = []
    private let jsonPath: String?

    init(jsonPath: String?) { self.jsonPath = jsonPath }

    func begin() {
        print(
            padded("profile", 22) + "      ops/s     p50       p99       max  server CPU/op"
                + "  memory peak (own)")
    }

    func add(_ measurement: Measurement) {
        measurements.append(measurement)
        print(Report.line(measurement))
        fflush(nil)
    }

    func end() throws {
        guard let jsonPath else { return }
        let text = JSONText.object([
            ("version", .number(1)), ("generator", .text("mailload 1")),
            ("measurements", .list(measurements.map(\.json))),
        ]).encoded
        guard let file = fopen(jsonPath, "w") else {
            throw LoadFailure(call: "writing \(jsonPath)", errno: errno)
        }
        defer { fclose(file) }
        fputs(text + "\n", file)
    }

    private static func line(_ measurement: Measurement) -> String {
        let latency = measurement.latency
        var line = padded(measurement.profile, 22) + leading(rate(measurement.perSecond), 11)
        for time in [latency.percentile(0.5), latency.percentile(0.99), latency.greatest] {
            line += leading(duration(Double(time) / 1000), 10)
        }
        let processor = measurement.processorMicrosecondsPerOperation.map(duration) ?? "-"
        line += leading(processor, 15)
        let peak = measurement.peak.map(memory) ?? "-"
        line += leading(peak, 19)
        for (name, value) in measurement.extra { line += "\n    \(name) \(rate(value))" }
        return line
    }

    /// All pages, files that are mapped included, and in parentheses those that are no file's.
    private static func memory(_ memory: ProcessMemory) -> String {
        "\(memory.proportional / 1_048_576) (\(memory.anonymous / 1_048_576)) MiB"
    }

    private static func rate(_ value: Double) -> String {
        value >= 100 ? "\(Int(value.rounded()))" : oneDecimal(value)
    }

    private static func duration(_ microseconds: Double) -> String {
        switch microseconds {
        case ..<1000: oneDecimal(microseconds) + " µs"
        case ..<1_000_000: oneDecimal(microseconds / 1000) + " ms"
        default: oneDecimal(microseconds / 1_000_000) + " s"
        }
    }

    private static func oneDecimal(_ value: Double) -> String {
        let tenths = Int((value * 10).rounded())
        return "\(tenths / 10).\(abs(tenths % 10))"
    }
}

func padded(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
}

func leading(_ text: String, _ width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
}
