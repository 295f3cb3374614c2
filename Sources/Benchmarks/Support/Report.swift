import Glibc

/// Prints measurements as they come: a table for people, or JSON for scripts.
final class Report {
    private let asJSON: Bool
    private var isFirst = true

    init(asJSON: Bool) { self.asJSON = asJSON }

    func begin() {
        guard !asJSON else { return print("[") }
        print(
            padded("figure", to: 66) + aligned("median", to: 12) + aligned("least", to: 12)
                + aligned("greatest", to: 12) + aligned("allocations", to: 13) + "  unit")
    }

    func add(_ measurement: Measurement) {
        asJSON ? addJSON(measurement) : addLine(measurement)
        isFirst = false
        // Lines are to be seen as they come, through a pipe too.
        fflush(nil)
    }

    func end() {
        if asJSON { print("\n]") }
    }

    private func addLine(_ measurement: Measurement) {
        let numbers = [measurement.median, measurement.least, measurement.greatest]
        print(
            padded("\(measurement.figure): \(measurement.label)", to: 66)
                + numbers.map { aligned(readable($0), to: 12) }.joined()
                + aligned(readable(measurement.allocations), to: 13) + "  \(measurement.unit)")
    }

    // Labels and units are ours: they hold nothing that JSON would want escaped.
    private func addJSON(_ measurement: Measurement) {
        let samples = measurement.samples.map { "\($0)" }.joined(separator: ", ")
        let fields = [
            "\"figure\": \"\(measurement.figure)\"", "\"label\": \"\(measurement.label)\"",
            "\"unit\": \"\(measurement.unit)\"", "\"median\": \(measurement.median)",
            "\"least\": \(measurement.least)", "\"greatest\": \(measurement.greatest)",
            "\"allocations\": \(measurement.allocations)", "\"samples\": [\(samples)]",
        ]
        print((isFirst ? "" : ",\n") + "  {\(fields.joined(separator: ", "))}", terminator: "")
    }

    /// Three digits that matter, thousands apart: `12,345`, `1.23`.
    private func readable(_ value: Double) -> String {
        guard value.isFinite, value.magnitude < 1e15 else { return "\(value)" }
        guard value.magnitude < 100 else { return thousands(Int(value.rounded())) }
        let scale = value.magnitude < 10 ? 100.0 : 10.0
        return "\((value * scale).rounded() / scale)"
    }

    private func thousands(_ number: Int) -> String {
        var digits = Array("\(number.magnitude)")
        var place = digits.count - 3
        while place > 0 {
            digits.insert(",", at: place)
            place -= 3
        }
        return (number < 0 ? "-" : "") + String(digits)
    }
}

func padded(_ text: String, to width: Int) -> String {
    text + String(repeating: " ", count: max(1, width - text.count))
}

private func aligned(_ text: String, to width: Int) -> String {
    String(repeating: " ", count: max(1, width - text.count)) + text
}
