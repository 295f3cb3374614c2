/// One thing that is measured, in a file of its own under `Figures/`.
struct Figure: Sendable {
    let name: String
    let about: String
    let measure: @Sendable (Settings) throws -> [Measurement]

    /// In the order of the data path.
    static let all: [Figure] = [
        .parsing, .summary, .chain, .appends, .flagChanges, .viewOpening, .drain, .rendering,
        .rebuilding,
    ]
}

/// How much is measured, and where.
struct Settings: Sendable {
    let repeats: Int
    let quick: Int
    let submitters: [Int]
    /// Where stores are made.
    let directory: String

    /// A number of operations, lessened for a quick look, and never 0.
    func scaled(_ count: Int) -> Int { max(1, count / quick) }
}

/// A figure's samples.
struct Measurement: Sendable {
    let figure: String
    let label: String
    /// `messages/s`, `µs`.
    let unit: String
    let samples: [Double]
    /// How often memory was asked for in each operation, all threads together; the least of the
    /// samples, for the first ones fill caches.
    let allocations: Double

    var least: Double { samples.min() ?? 0 }
    var greatest: Double { samples.max() ?? 0 }

    var median: Double {
        let sorted = samples.sorted()
        guard let last = sorted.indices.last else { return 0 }
        return (sorted[last / 2] + sorted[(last + 1) / 2]) / 2
    }
}

extension Settings {
    /// Operations a second, of `count` operations at a time.
    func rate(
        _ figure: String, _ label: String, unit: String, count: Int,
        _ cost: () throws -> Cost
    ) rethrows -> Measurement {
        try measure(figure, label, unit: unit, count: count, cost) { Double(count) / $0.seconds }
    }

    /// Microseconds for each of `count` operations.
    func duration(
        _ figure: String, _ label: String, count: Int = 1, _ cost: () throws -> Cost
    ) rethrows -> Measurement {
        try measure(figure, label, unit: "µs", count: count, cost) {
            $0.seconds * 1e6 / Double(count)
        }
    }

    private func measure(
        _ figure: String, _ label: String, unit: String, count: Int, _ cost: () throws -> Cost,
        _ sample: (Cost) -> Double
    ) rethrows -> Measurement {
        let costs = try (0..<repeats).map { _ in try cost() }
        let least = costs.map(\.allocations).min() ?? 0
        return Measurement(
            figure: figure, label: label, unit: unit, samples: costs.map(sample),
            allocations: Double(least) / Double(count))
    }
}
